const form = /^(?:[\p{L}\p{N}]\p{M}*)+(?:-(?:[\p{L}\p{N}]\p{M}*)+)*$/u

/** Whether a text has the form of a slug: lower-case letters and digits of any script, and single hyphens in between. */
export function isSlug(text: string): boolean {
  return (
    form.test(text) && text === text.toLowerCase() && text === text.normalize('NFC') && !/\p{DI}/u.test(text)
  )
}
