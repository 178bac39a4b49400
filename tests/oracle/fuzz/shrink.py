"""Makes a chart that shows a difference smaller while it still shows it."""

import re

PIECES = [
    re.compile(r"[^\n]*\n?"),
    re.compile(r"\{\{.*?\}\}|[^{]+|\{", re.S),
    re.compile(r"\w+|\s+|\\?.", re.S),
]


def shrink(files, still_differs, tries):
    """The smaller files. Whole files go first, then lines, actions and words of each."""
    left = [tries]

    def holds(candidate):
        left[0] -= 1
        return left[0] >= 0 and still_differs(candidate)

    for path in sorted(files, key=lambda path: -len(files[path])):
        fewer = {name: text for name, text in files.items() if name != path}
        if path != "c/Chart.yaml" and holds(fewer):
            files = fewer
    for pattern in PIECES:
        for path in sorted(files):
            if path != "c/Chart.yaml":
                files = shrink_file(files, path, pattern, holds)
    return files


def shrink_file(files, path, pattern, holds):
    """Cuts runs of pieces out, long ones first."""
    pieces = [piece for piece in pattern.findall(files[path]) if piece]
    size = max(1, len(pieces) // 2)
    while size and len(pieces) > 1:
        at = 0
        while at < len(pieces):
            rest = pieces[:at] + pieces[at + size :]
            if holds({**files, path: "".join(rest)}):
                pieces = rest
            else:
                at += size
        size //= 2
    return {**files, path: "".join(pieces)}
