"""Writes the emoji of the web app: the set, and their names and search words in each language.
usage: python3 tools/unicode/emoji.py EMOJI ANNOTATIONS Chat.Server/wwwroot/app/emoji
EMOJI: emoji-test.txt and emoji-data.txt of Unicode (Debian: /usr/share/unicode/emoji).
ANNOTATIONS: annotations/ of the npm package cldr-annotations-full (Unicode CLDR).
The set: what systems have had for years, each in one form. No flags of countries (Windows shows none), no men and women
beside a person (skin tones are chosen), and no signs that only a keyboard for another script would have."""
import json
import re
import sys
from pathlib import Path

EMOJI, ANNOTATIONS, TARGET = map(Path, sys.argv[1:])
NEWEST = 13.0
MOST = 118
GROUPS = {
    "Smileys & Emotion": "smileys", "People & Body": "people", "Animals & Nature": "nature", "Food & Drink": "food",
    "Activities": "activities", "Travel & Places": "places", "Objects": "objects", "Symbols": "symbols",
    "Flags": "symbols",
}
LEFT_OUT = {
    "family", "hair-style", "skin-tone", "country-flag", "subdivision-flag", "transport-sign", "zodiac", "av-symbol",
    "gender", "keycap", "geometric", "religion",
}
# Of what people use every day, in place of all of a kind.
ONLY = {"alphanum": "🆒🆓🆕🆗🆘🆙🆚", "time": "⌛⏳⌚⏰⏱⏲🕛", "arrow": "⬆➡⬇⬅↩↪🔄🔙🔝"}
MEN_AND_WOMEN = {"1F468", "1F469", "2640", "2642"}
LICENCE = "// Made by tools/unicode/emoji.py from data of Unicode, Inc.: see unicode.LICENSE.txt."


def bases():
    """Characters that take a skin tone."""
    found = set()
    for line in (EMOJI / "emoji-data.txt").read_text().splitlines():
        kind = re.match(r"([0-9A-F]+)(?:\.\.([0-9A-F]+))?\s*;\s*Emoji_Modifier_Base\b", line)
        if kind:
            found.update(range(int(kind[1], 16), int(kind[2] or kind[1], 16) + 1))
    return found


def chosen():
    """Pairs of a group and an emoji, in the order of CLDR."""
    group = subgroup = ""
    for line in (EMOJI / "emoji-test.txt").read_text().splitlines():
        if line.startswith("# group: "):
            group = line[9:]
        elif line.startswith("# subgroup: "):
            subgroup = line[12:]
        entry = re.match(r"([0-9A-F ]+?)\s*; fully-qualified\s*# (\S+) E([\d.]+) ", line)
        if entry is None or group not in GROUPS or subgroup in LEFT_OUT:
            continue
        codes, emoji, version = entry[1].split(), entry[2], float(entry[3])
        is_toned = any("1F3FB" <= code <= "1F3FF" for code in codes if len(code) == 5)
        is_twin = len(codes) > 1 and MEN_AND_WOMEN & set(codes)
        if version > NEWEST or is_toned or is_twin or subgroup in ONLY and emoji[0] not in ONLY[subgroup]:
            continue
        yield GROUPS[group], emoji


def plain(emoji):
    return emoji.replace("\ufe0f", "")


def words_of(language):
    path = ANNOTATIONS / language / "annotations.json"
    return json.loads(path.read_text())["annotations"]["annotations"]


def line_of(annotation):
    """The name, and the search words that do not say the same again."""
    name = annotation["tts"][0]
    line, said = name, name.lower()
    for word in annotation["default"]:
        if word.lower() in said or re.search(r"[`|\\$]", word):
            continue
        longer = f"{line}{'|' if line == name else ' '}{word}"
        if len(longer) > MOST:
            break
        line, said = longer, f"{said} {word.lower()}"
    return line


def wrapped(words):
    """Lines of at most so many UTF-16 units: what editors and the tests count."""
    line = ""
    for word in words:
        if len(f"{line} {word}".encode("utf-16-le")) > 2 * MOST:
            yield line
            line = ""
        line = f"{line} {word}".strip()
    yield line


def write(name, lines):
    (TARGET / name).write_text("\n".join([LICENCE, "", *lines, ""]))


toned, both = bases(), [words_of("en"), words_of("de")]
kept = [(group, emoji) for group, emoji in chosen() if all(plain(emoji) in words for words in both)]
groups = dict.fromkeys(group for group, _ in kept)
ordered = [(group, emoji) for group in groups for of, emoji in kept if of == group]
lines = ["/** The emoji by group. A * is behind those that take a skin tone. @type {Record<string, string>} */",
         "export const set = {"]
for group in groups:
    marked = (emoji + ("*" if ord(emoji[0]) in toned else "") for of, emoji in ordered if of == group)
    lines += [f"  {group}: `", *wrapped(marked), "`,"]
write("set.js", [*lines, "};"])
for language, words in zip(("en", "de"), both):
    lines = ["/** Name and search words of each emoji, a line each in the order of the set. */",
             "export const names = `"]
    write(f"{language}.js", [*lines, *(line_of(words[plain(emoji)]) for _, emoji in ordered), "`.trim();"])
