import { createPrivateKey } from 'node:crypto';
import type { LlmConfig } from './config.ts';
import type { VariableName } from './environment.ts';
import { holdsCertificates, readNamed } from './files.ts';
import type { SettingsScope } from './source-settings.ts';

const AZURE: readonly VariableName[] = [
  'AZURE_TENANT_ID',
  'AZURE_SPN_CLIENT_ID',
  'AZURE_PEM_PATH',
  'AZURE_OPENAI_API_KEY',
  'AZURE_OPENAI_ENDPOINT',
  'AZURE_OPENAI_DEPLOYMENT',
  'AZURE_USER_ID',
  'AZURE_AUTHORITY_HOST',
];
const NEEDED = ['AZURE_OPENAI_ENDPOINT', 'AZURE_OPENAI_API_KEY', 'AZURE_OPENAI_DEPLOYMENT'] as const;
const PRINCIPAL = ['AZURE_TENANT_ID', 'AZURE_SPN_CLIENT_ID', 'AZURE_PEM_PATH'] as const;
const OPENAI = ['OPENAI_BASE_URL', 'OPENAI_API_KEY', 'OPENAI_MODEL'] as const;

/** The chat model: Azure, a server that speaks OpenAI's protocol, or none, which is the planner. */
export function readLlm(scope: SettingsScope): LlmConfig {
  const isSet = (name: VariableName) => Boolean(scope.env[name]?.trim());
  const azure = AZURE.some(isSet);
  // Many shells carry an OPENAI_API_KEY for other tools: alone, it must not send a bank's findings to a public service.
  const openai = isSet('OPENAI_BASE_URL') || isSet('OPENAI_MODEL');
  if (azure && openai) scope.problem('Both AZURE_ and OPENAI_ variables are set: keep one model.');
  if (azure) return readAzure(scope, isSet);
  if (openai) return readOpenAi(scope, isSet);
  if (isSet('OPENAI_API_KEY')) {
    scope.warn(
      'OPENAI_API_KEY is set without OPENAI_BASE_URL and OPENAI_MODEL and is not used: questions are answered by the offline planner.',
    );
  }
  return { kind: 'planner' };
}

function readOpenAi({ values, problem }: SettingsScope, isSet: (name: VariableName) => boolean): LlmConfig {
  reportMissing(
    OPENAI.filter((name) => !isSet(name)),
    'the model needs all of the OPENAI_ variables',
    problem,
  );
  return {
    kind: 'openai',
    baseUrl: values.OPENAI_BASE_URL ?? '',
    apiKey: values.OPENAI_API_KEY ?? '',
    model: values.OPENAI_MODEL ?? '',
  };
}

function readAzure(
  { values, production, read, problem, warn }: SettingsScope,
  isSet: (name: VariableName) => boolean,
): LlmConfig {
  reportMissing(
    NEEDED.filter((name) => !isSet(name)),
    'Azure OpenAI needs them',
    problem,
  );
  const missing = PRINCIPAL.filter((name) => !isSet(name));
  if (missing.length > 0 && missing.length < PRINCIPAL.length) {
    reportMissing(missing, 'a service principal needs all three, or none for the API key alone', problem);
  }
  return {
    kind: 'azure',
    endpoint: values.AZURE_OPENAI_ENDPOINT ?? '',
    apiKey: values.AZURE_OPENAI_API_KEY ?? '',
    apiVersion: values.AZURE_OPENAI_API_VERSION,
    deployment: values.AZURE_OPENAI_DEPLOYMENT ?? '',
    userId: values.AZURE_USER_ID ?? null,
    servicePrincipal: missing.length === 0 ? readPrincipal() : null,
  };

  function readPrincipal() {
    const { AZURE_TENANT_ID: tenantId = '', AZURE_SPN_CLIENT_ID: clientId = '', AZURE_PEM_PATH: pemPath = '' } = values;
    const { text, absent } = readNamed('AZURE_PEM_PATH', pemPath, read, problem);
    if (absent) {
      if (production) problem('AZURE_PEM_PATH names a file that does not exist.');
      else {
        warn(
          'AZURE_PEM_PATH names a file that does not exist: the model is called with the API key alone until it is there.',
        );
      }
    }
    if (text !== null && !(holdsCertificates(text) && holdsKey(text))) {
      problem('AZURE_PEM_PATH names a file that does not hold a PEM certificate with its private key.');
    }
    return { tenantId, clientId, pemPath, authorityHost: values.AZURE_AUTHORITY_HOST ?? null };
  }
}

function holdsKey(pem: string): boolean {
  try {
    createPrivateKey(pem);
    return true;
  } catch {
    return false;
  }
}

function reportMissing(names: readonly VariableName[], why: string, problem: (text: string) => void): void {
  if (names.length > 0) problem(`${names.join(', ')} ${names.length > 1 ? 'are' : 'is'} missing: ${why}.`);
}
