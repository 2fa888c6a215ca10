"""Writes Chat.Contracts/Text/nfc.txt from Python's copy of the Unicode character database.
usage: python3 tools/unicode/nfc.py > Chat.Contracts/Text/nfc.txt"""
import textwrap
import unicodedata as u

classes, pairs, singles = [], [], []
for code in range(0x110000):
    c = chr(code)
    if 0xAC00 <= code <= 0xD7A3 or 0xD800 <= code <= 0xDFFF:
        continue
    if u.combining(c):
        classes.append(f"{code:X}:{u.combining(c)}")
    parts = u.decomposition(c).split()
    if not parts or parts[0].startswith("<"):
        continue
    # What is not composed again, because it is excluded, is marked.
    mark = "" if u.normalize("NFC", c) == c else "!"
    pairs.append(f"{code:X}{mark}=" + "+".join(f"{int(p, 16):X}" for p in parts))
print(f"# Unicode {u.unidata_version}: combining classes, then canonical decompositions; made by tools/unicode/nfc.py")
for kind in (classes, pairs):
    print("\n".join(textwrap.wrap(" ".join(kind), 118)))
    print()
