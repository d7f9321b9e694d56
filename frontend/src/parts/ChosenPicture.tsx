import { useEffect, useState } from 'react'

interface Props {
  file: File
  alt: string
  className: string
  'data-large'?: boolean
}

/** The picture of a file that was chosen, before it is sent. */
export function ChosenPicture({ file, alt, ...rest }: Props) {
  const [url, setURL] = useState('')
  useEffect(() => {
    const made = URL.createObjectURL(file)
    setURL(made)
    return () => URL.revokeObjectURL(made)
  }, [file])
  return url ? <img src={url} alt={alt} {...rest} /> : null
}
