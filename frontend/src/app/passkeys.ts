/** Whether this browser knows passkeys here: they need https (or localhost). */
export const passkeysHere = (): boolean => window.isSecureContext && 'PublicKeyCredential' in window

interface Wire {
  publicKey: Record<string, unknown>
}

const bytes = (s: string): ArrayBuffer => {
  const raw = atob(s.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(raw, c => c.charCodeAt(0)).buffer
}

const text = (b: ArrayBuffer | null): string => {
  let raw = ''
  for (const x of new Uint8Array(b ?? new ArrayBuffer(0))) raw += String.fromCharCode(x)
  return btoa(raw).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

interface Described {
  id: string
}

const described = (list: unknown) => ((list ?? []) as Described[]).map(c => ({ ...c, id: bytes(c.id) }))

/** Asks the browser for a new passkey; the options and the answer in the form of the server (WebAuthn JSON, which older browsers do not speak). */
export async function makePasskey({ publicKey: o }: Wire): Promise<object> {
  const user = o.user as { id: string }
  const made = (await navigator.credentials.create({
    publicKey: {
      ...o,
      challenge: bytes(o.challenge as string),
      user: { ...user, id: bytes(user.id) },
      excludeCredentials: described(o.excludeCredentials),
    } as unknown as PublicKeyCredentialCreationOptions,
  })) as PublicKeyCredential
  const response = made.response as AuthenticatorAttestationResponse
  return {
    id: made.id,
    rawId: text(made.rawId),
    type: made.type,
    clientExtensionResults: made.getClientExtensionResults(),
    response: {
      clientDataJSON: text(response.clientDataJSON),
      attestationObject: text(response.attestationObject),
      transports: response.getTransports?.() ?? [],
    },
  }
}

/** Asks the browser for a passkey that is there. */
export async function answerPasskey({ publicKey: o }: Wire): Promise<object> {
  const got = (await navigator.credentials.get({
    publicKey: {
      ...o,
      challenge: bytes(o.challenge as string),
      allowCredentials: described(o.allowCredentials),
    } as unknown as PublicKeyCredentialRequestOptions,
  })) as PublicKeyCredential
  const response = got.response as AuthenticatorAssertionResponse
  return {
    id: got.id,
    rawId: text(got.rawId),
    type: got.type,
    clientExtensionResults: got.getClientExtensionResults(),
    response: {
      clientDataJSON: text(response.clientDataJSON),
      authenticatorData: text(response.authenticatorData),
      signature: text(response.signature),
      userHandle: text(response.userHandle),
    },
  }
}
