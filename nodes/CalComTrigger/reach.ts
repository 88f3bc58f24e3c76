import { isPrivateHost } from '../shared/api/plainHttp';

/** Whether a webhook URL points into a private network, where Cal.com in the cloud cannot call it. */
export function isOutOfReach(url: string): boolean {
	return URL.canParse(url) && isPrivateHost(new URL(url).hostname);
}
