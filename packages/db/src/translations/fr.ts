import type { DbTexts } from './texts.ts'

/** The same in French. */
export const fr: DbTexts = {
  errors: {
    AMBIGUOUS_KEY: 'Plusieurs entrées ont cette clé',
    CHECK_VIOLATION: 'Cela enfreint une règle de la base de données',
    COMMIT_UNKNOWN:
      'La connexion a été perdue pendant l’enregistrement ; vérifiez si les modifications ont été enregistrées',
    CONNECTION_CLOSED: 'Cela n’est pas disponible pour le moment ; réessayez plus tard',
    CURSOR_INVALID: 'Ce curseur n’appartient pas à cette liste',
    DATABASE_BUSY: 'Cela n’est pas disponible pour le moment ; réessayez plus tard',
    DATABASE_TIMEOUT: 'Cela a pris trop de temps ; réessayez plus tard',
    DATABASE_UNAVAILABLE: 'Cela n’est pas disponible pour le moment ; réessayez plus tard',
    EFFECT_TIMEOUT: 'Cela a pris trop de temps ; réessayez plus tard',
    FIELD_NOT_WRITABLE: 'Un champ n’est pas modifiable',
    FIELD_VALUE: 'Un champ contient une valeur du mauvais type',
    FILTER_VALUE: 'Un filtre contient une valeur du mauvais type',
    FOREIGN_KEY_VIOLATION: 'D’autres entrées en dépendent, ou ce à quoi il est fait référence n’existe pas',
    INVALID_TEXT: 'Un texte contient des caractères impossibles à enregistrer',
    LOCALE_UNKNOWN: 'Il n’y a pas de telle langue',
    NOT_FOUND: 'Cela n’existe pas',
    NOT_NULL_VIOLATION: 'Une valeur obligatoire manque',
    PAGE_BOUNDS: '{name} doit être un nombre entier de {min} à {max}',
    UNIQUE_VIOLATION: 'Cette valeur est déjà utilisée',
    VALUE_OUT_OF_RANGE: 'Une valeur est hors limites',
    VALUE_TOO_LONG: 'Une valeur est trop longue',
    VERSION_CONFLICT: 'Cela a été modifié entre-temps',
    WRITE_CONFLICT: 'Quelqu’un d’autre l’a modifié en même temps ; réessayez',
  },
  validation: {
    foreign_key: 'N’existe pas',
    invalid_text: 'Contient des caractères impossibles à enregistrer',
    locale: 'N’est pas une des langues',
    not_writable: 'N’est pas modifiable',
    out_of_range: 'Est hors limites',
    required: 'Est obligatoire',
    slug: 'Doit être composé de minuscules et de chiffres, séparés par des traits d’union simples',
    too_long: 'Est trop long',
    type: 'Est d’un type incorrect',
    unique: 'Est déjà utilisé',
  },
}
