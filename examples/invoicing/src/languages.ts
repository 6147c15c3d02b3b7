/** The languages texts are written in; the first is what everybody gets who asks for none of them. */
export const languages = ['en', 'de', 'es'] as const

export type Language = (typeof languages)[number]
