/** The bytes of a file in base64. */
export async function bytesInBase64(file: Blob): Promise<string> {
  let raw = ''
  for (const b of new Uint8Array(await file.arrayBuffer())) raw += String.fromCharCode(b)
  return btoa(raw)
}
