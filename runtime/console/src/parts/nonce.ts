/** The style nonce of this page's security policy; the hub makes a new one for every answer. */
export const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
