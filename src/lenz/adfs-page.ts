import type { HtmlField, HtmlForm, HtmlPage } from './html-page.ts';
import type { Login } from './login.ts';

/** Sign-in protocols hand their messages over in hidden fields of these names: OpenID Connect, WS-Federation, SAML. */
const HANDED_OVER = new Set(['code', 'id_token', 'access_token', 'wresult', 'SAMLResponse', 'SAMLRequest']);

/** ADFS's login form: the one that asks for a user name and a password. */
export function loginForm(page: HtmlPage): HtmlForm | null {
  return (
    page.forms.find((form) => form.method === 'POST' && field(form, 'username') && field(form, 'password')) ?? null
  );
}

/** The form that posts itself, with which the sign-in goes on elsewhere. */
export function handOverForm(page: HtmlPage): HtmlForm | null {
  return (
    page.forms.find(
      (form) =>
        form.method === 'POST' &&
        form.fields.every(({ type }) => type === 'hidden') &&
        form.fields.some(({ name }) => HANDED_OVER.has(name)),
    ) ?? null
  );
}

/** What posting the form as it stands sends. */
export function encode(fields: readonly HtmlField[]): string {
  return new URLSearchParams(fields.map(({ name, value }): [string, string] => [name, value])).toString();
}

/** What posting the login form sends: its hidden fields, and the account. */
export function fillIn(form: HtmlForm, login: Login): string {
  const values = new URLSearchParams(encode(form.fields));
  values.set(field(form, 'username')?.name ?? 'UserName', login.formUser);
  values.set(field(form, 'password')?.name ?? 'Password', login.password);
  if (!values.get('AuthMethod')) values.set('AuthMethod', 'FormsAuthentication');
  return values.toString();
}

/** ADFS names its errors, e.g. MSIS7042. Null when the page names none. */
export function adfsError(page: HtmlPage): string | null {
  return /\bMSIS\d{3,5}\b/.exec(page.text)?.[0] ?? null;
}

function field(form: HtmlForm, name: string): HtmlField | undefined {
  return form.fields.find((one) => one.name.toLowerCase() === name);
}
