import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adfsError, encode, fillIn, handOverForm, loginForm } from '../../src/lenz/adfs-page.ts';
import { readPage } from '../../src/lenz/html-page.ts';
import { createLogin } from '../../src/lenz/login.ts';
import { errorPage, loginPage, selfPostingForm } from '../../src/playground/lenz/federation-pages.ts';

const login = createLogin({ user: 'I000001', password: 'p&=+ä', domain: 'NAEAST' });
const values = (body: string) => Object.fromEntries(new URLSearchParams(body));

describe('the login form of ADFS', () => {
  const page = readPage(loginPage('/adfs/ls/?a=1&b=2', { errorText: '', hidden: { Ticket: '<&"\'>' } }));

  it('is found among other forms, not in scripts and comments, with its entities decoded', () => {
    expect(page.forms).toHaveLength(2);
    expect(loginForm(page)?.action).toBe('/adfs/ls/?a=1&b=2');
    expect(handOverForm(page)).toBeNull();
  });

  it('is filled in with the account beside what it holds, and nothing that a browser would leave out', () => {
    const form = loginForm(page);
    expect(form && values(fillIn(form, login))).toEqual({
      UserName: 'NAEAST\\I000001',
      Password: 'p&=+ä',
      Ticket: '<&"\'>',
      AuthMethod: 'FormsAuthentication',
    });
  });

  it('keeps the spelling of its fields and gets the method where it names none', () => {
    const form = loginForm(
      readPage('<FORM METHOD=Post><INPUT NAME=username><INPUT NAME=password TYPE=PASSWORD></FORM>'),
    );
    expect(form && values(fillIn(form, login))).toEqual({
      username: 'NAEAST\\I000001',
      password: 'p&=+ä',
      AuthMethod: 'FormsAuthentication',
    });
  });

  it.each([
    '<form method="get"><input name="UserName"><input name="Password"></form>',
    '<form method="post"><input name="UserName"></form>',
    '<form method="post"><input name="UserName"><input name="Password" disabled></form>',
    '<input name="UserName"><input name="Password">',
    '<form method="post"></form><input name="UserName"><input name="Password">',
  ])('is not %s', (html) => {
    expect(loginForm(readPage(html))).toBeNull();
  });
});

it.each([
  ['DOM\\x', 'DOM\\x'],
  ['x@bank.test', 'x@bank.test'],
  ['x', 'NAEAST\\x'],
])('the user %s is written %s in a form', (user, written) => {
  expect(createLogin({ user, password: '', domain: 'NAEAST' }).formUser).toBe(written);
});

describe('a form that posts itself', () => {
  it('hands over what it holds, whatever that is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (code, state) => {
        // A browser normalizes line ends and NUL as well; tokens have none.
        fc.pre(!/[\r\0]/.test(code + state));
        const form = handOverForm(readPage(selfPostingForm('https://lenz/x?a=1&b="', { code, state })));
        expect(form?.action).toBe('https://lenz/x?a=1&b="');
        expect(form && values(encode(form.fields))).toEqual({ code, state });
      }),
    );
  });

  it.each([
    '<form method="post"><input type="hidden" name="error" value="access_denied"></form>',
    '<form method="post"><input type="hidden" name="code" value="1"><input name="pin"></form>',
    '<form method="get"><input type="hidden" name="code" value="1"></form>',
  ])('is not %s', (html) => {
    expect(handOverForm(readPage(html))).toBeNull();
  });
});

it('the error that a page names is found in its text alone', () => {
  expect(adfsError(readPage(errorPage('MSIS7042')))).toBe('MSIS7042');
  expect(adfsError(readPage('<script>var codes = "MSIS7042";</script><p title="MSIS7042">fine</p>'))).toBeNull();
});

it('any text is a page', () => {
  const bits = fc.constantFrom(
    '<form',
    ' method=post',
    '<input',
    ' name="UserName',
    '"',
    '>',
    '</form>',
    '<!--',
    '&#x',
    '<script>',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(bits, fc.string()), { maxLength: 30 }), (parts) => {
      const page = readPage(parts.join(''));
      for (const form of page.forms) expect(['GET', 'POST']).toContain(form.method);
      loginForm(page);
      handOverForm(page);
    }),
  );
});
