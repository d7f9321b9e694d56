/** A setting of this device ("on" or ""); where nothing can be stored the default holds. */
export function readSetting(name: string): string | null {
  try {
    return localStorage.getItem(`kasane.${name}`)
  } catch {
    return null
  }
}

export function writeSetting(name: string, value: string): void {
  try {
    localStorage.setItem(`kasane.${name}`, value)
  } catch {
    // the choice holds until the page is left
  }
}
