/** The message functions of httpntlm. The package has no types and no named ESM exports. */
declare module 'httpntlm/ntlm.js' {
  /** What a type 2 message says. `negotiateFlags` is signed. */
  export interface Type2Message {
    serverChallenge: Buffer;
    negotiateFlags: number;
    targetInfo?: Buffer;
  }

  interface Ntlm {
    /** `NTLM <base64>`. Writes defaults into its argument. */
    createType1Message(options: { domain: string; workstation: string }): string;
    /** Wants `NTLM <base64>` in one string. Calls back with an error and returns null, or throws, for what it cannot read. */
    parseType2Message(header: string, onError: (error: Error) => void): Type2Message | null;
    /** `NTLM <base64>`. Writes defaults into its second argument. */
    createType3Message(
      type2: Type2Message,
      options: { username: string; password: string; domain: string; workstation: string },
    ): string;
    /** MD4 of the password in UTF-16LE. */
    create_NT_hashed_password(password: string): Buffer;
  }

  const ntlm: Ntlm;
  export default ntlm;
}
