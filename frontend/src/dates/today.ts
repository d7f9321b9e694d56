import { jstParts } from './jstParts'

/** Today in Japan, ISO. */
export function today(): string {
  return jstParts(Date.now()).date
}
