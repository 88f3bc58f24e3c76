import type { INodeProperties } from 'n8n-workflow';
import { authenticationField } from '../../shared/panel/authentication';
import { describeResources } from './describe';
import { RESOURCES } from './resources';

export const properties: INodeProperties[] = [authenticationField, ...describeResources(RESOURCES, 'booking')];
