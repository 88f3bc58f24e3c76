// Certificates for a proxy on loopback: an authority that n8n is told to trust, and what it vouches for.
import { type KeyObject, generateKeyPair, randomBytes, sign } from 'node:crypto';
import { promisify } from 'node:util';
import { bits, boolean, identifier, integer, numbered, octets, plain, sequence, set, text, time } from './der.mts';

export interface Certificates {
	/** PEM of the authority. Its key is forgotten: nobody can sign with it again. */
	authority: string;
	/** PEM, for the TLS server. */
	key: string;
	cert: string;
}

interface Wish {
	name: string;
	issuer: string;
	/** Whose certificate it is. */
	publicKey: KeyObject;
	/** The issuer's. */
	privateKey: KeyObject;
	extensions: Buffer[];
}

const DAY = 24 * 60 * 60_000;
const COMMON_NAME = '2.5.4.3';
const ECDSA_WITH_SHA256 = sequence(identifier('1.2.840.10045.4.3.2'));
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';
const VERSION_3 = numbered(0, integer(Buffer.from([2])));

const newKeys = () => promisify(generateKeyPair)('ec', { namedCurve: 'P-256' });
const nameOf = (name: string): Buffer => sequence(set(sequence(identifier(COMMON_NAME), text(name))));
const critical = (oid: string, content: Buffer): Buffer => sequence(identifier(oid), boolean(true), octets(content));
const extension = (oid: string, content: Buffer): Buffer => sequence(identifier(oid), octets(content));

const EXTENSIONS = {
	/** An authority, whose certificates are no authorities. */
	isAuthority: critical('2.5.29.19', sequence(boolean(true), integer(Buffer.from([0])))),
	/** keyCertSign is the sixth bit. */
	maySign: critical('2.5.29.15', bits(Buffer.from([0b0000_0100]), 2)),
	isServer: extension('2.5.29.37', sequence(identifier(SERVER_AUTH))),
	/** 2 is a DNS name. */
	isCalled: (hosts: string[]) => extension('2.5.29.17', sequence(...hosts.map((host) => plain(2, host)))),
};

/** An X.509 certificate, RFC 5280, as PEM. */
function newCertificate({ name, issuer, publicKey, privateKey, extensions }: Wish): string {
	const content = sequence(
		VERSION_3,
		// A leading 01 keeps the number positive.
		integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
		ECDSA_WITH_SHA256,
		nameOf(issuer),
		// From yesterday on, for a clock that is a little behind; for a year, should it run on.
		sequence(time(new Date(Date.now() - DAY)), time(new Date(Date.now() + 365 * DAY))),
		nameOf(name),
		publicKey.export({ type: 'spki', format: 'der' }),
		numbered(3, sequence(...extensions)),
	);
	const signed = sequence(content, ECDSA_WITH_SHA256, bits(sign('sha256', content, privateKey)));
	const lines = signed.toString('base64').match(/.{1,64}/g) ?? [];
	return `${['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----'].join('\n')}\n`;
}

/** Makes an authority and a certificate for these host names. */
export async function makeCertificates(hosts: string[]): Promise<Certificates> {
	const [authority, server] = await Promise.all([newKeys(), newKeys()]);
	// A name of its own: of two authorities with one name a client may ask the wrong one.
	const issuer = `Stand-in authority ${randomBytes(4).toString('hex')}`;
	const { privateKey } = authority;
	const { isAuthority, maySign, isServer, isCalled } = EXTENSIONS;
	return {
		authority: newCertificate({
			name: issuer,
			issuer,
			publicKey: authority.publicKey,
			privateKey,
			extensions: [isAuthority, maySign],
		}),
		key: server.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
		cert: newCertificate({
			name: 'Stand-in of Twilio',
			issuer,
			publicKey: server.publicKey,
			privateKey,
			extensions: [isServer, isCalled(hosts)],
		}),
	};
}
