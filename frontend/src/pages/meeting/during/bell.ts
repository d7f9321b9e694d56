/** 静かなベル: one soft tone of a second, made here; no file, nothing where the browser has no sound. */
export function bell(): void {
  if (!('AudioContext' in window)) return
  const audio = new AudioContext()
  const tone = audio.createOscillator()
  const volume = audio.createGain()
  tone.frequency.value = 660
  volume.gain.setValueAtTime(0.0001, audio.currentTime)
  volume.gain.exponentialRampToValueAtTime(0.06, audio.currentTime + 0.05)
  volume.gain.exponentialRampToValueAtTime(0.0001, audio.currentTime + 1)
  tone.connect(volume).connect(audio.destination)
  tone.onended = () => void audio.close()
  tone.start()
  tone.stop(audio.currentTime + 1)
}
