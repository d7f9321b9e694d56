/** 32 random digits (hex), also where `crypto.randomUUID` is missing (plain http). */
export const randomHex = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map(n => n.toString(16).padStart(2, '0')).join('')
