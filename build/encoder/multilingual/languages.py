"""Which languages the pruned vocabulary is made for, and how much each weighs when pieces compete.

The encoder's own training covered about a hundred languages; those listed here are written to the file's metadata.
"""

# Languages with word frequencies in the package wordfreq: each weighs 1.
WITH_FREQUENCIES = (
    "ar bg bn ca cs da de el en es fa fi fil fr he hi hu id is it ja ko lt lv mk ms nb nl pl pt ro ru sh sk sl sv ta tr uk ur vi zh"
).split()

# Others by script, where the tokenizer's own probabilities within the script stand for them: how much those weigh together.
# The less of a script's text the encoder was trained on, the less its pieces gain; so some weigh less than their languages are many.
BY_SCRIPT = {
    "Latn": 14.0,  # Afrikaans, Albanian, Azerbaijani, Basque, Estonian, Galician, Irish, Somali, Swahili, Uzbek, Welsh and others
    "Cyrl": 3.0,  # Belarusian, Kazakh, Kyrgyz, Mongolian
    "Arab": 2.0,  # Kurdish, Pashto, Sindhi, Uyghur
    "Deva": 2.0,  # Marathi, Nepali, Sanskrit
    "Hani": 1.0,
    "Hira": 0.5,
    "Kana": 0.5,
    "Hang": 0.5,
    "Hebr": 0.5,
    "Grek": 0.5,
    "Thai": 1.5,
    "Geor": 0.6,
    "Armn": 0.6,
    "Ethi": 0.6,
    "Sinh": 0.6,
    "Mlym": 0.6,
    "Telu": 0.6,
    "Knda": 0.6,
    "Taml": 0.5,
    "Beng": 0.5,
    "Gujr": 0.6,
    "Guru": 0.6,
    "Orya": 0.6,
    "Mymr": 0.6,
    "Khmr": 0.6,
    "Laoo": 0.6,
    "Zyyy": 1.0,  # digits, punctuation, symbols
}

# ISO 639-1 (or -3) codes: wordfreq's, those that only have a script, and those of the languages named above.
LANGUAGES = sorted(
    (set(WITH_FREQUENCIES) - {"sh"})
    | set("af am az be bs cy et eu ga gl gu hr hy ka kk km kn ku ky lo ml mn mr my ne or pa ps sa sd si so sq sr sw te th ug uz".split())
)
