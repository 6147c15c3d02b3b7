import anyAscii from 'any-ascii'

/**
 * Makes a text a slug: lower-case words with single hyphens between them. Empty where the text has no letter and no
 * digit, as `🎉` has none; the same slug for a slug.
 *
 * Alphabets that are read the same everywhere, Latin, Greek, Cyrillic, Armenian and Georgian, and digits of all scripts
 * become ASCII: `Đorđe, straße` is `dorde-strasse`. How other scripts read depends on the language, or takes vowels
 * that are not written, so their letters stay as they are: `東京` is `東京`. What cannot be seen, and what turns the
 * direction of text, is left out.
 *
 * @param maxLength In UTF-16 units, so that the slug fits a column of as many characters.
 */
export function slugify(text: string, maxLength: number): string {
  const words = text
    .replace(invisible, '')
    .toLowerCase() // before as well as after: the library knows some letters in one case only
    .normalize('NFC')
    .replace(apostrophe, '')
    .replace(readable, toAscii)
    .toLowerCase()
    .normalize('NFC')
    .match(word)
  return cutGraphemes((words ?? []).join('-'), maxLength).replace(/-$/, '')
}

/** Formats, which also join emoji, turn the direction and break words, and letters that show nothing. */
const invisible = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu

/** Within a word: `don't` is one. */
const apostrophe = /(?<=\p{L}\p{M}*)['’ʼʻ´`](?=\p{L})/gu

/** With the marks that belong to it. Letters of no script in particular are those of mathematics and the like. */
const readable =
  /(?:[\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{sc=Armenian}\p{sc=Georgian}\p{Nd}\p{No}]|(?=\p{scx=Common})\p{L})\p{M}*/gu

/** Letters and digits, each with its marks: a mark alone is none. */
const word = /(?:[\p{L}\p{N}]\p{M}*)+/gu

/** One that the library does not know stays. A letter that is written and not heard, such as `ь`, reads as a quote. */
function toAscii(letter: string): string {
  const ascii = anyAscii(letter)
  return ascii === '' ? letter : ascii.replace(/["'`]/g, '')
}

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** The beginning of a text that has at most so many UTF-16 units and does not end within a character as people see it. */
export function cutGraphemes(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text
  const within = segmenter.segment(text).containing(maxLength)
  return text.slice(0, within?.index ?? maxLength)
}
