"""What the site has beside the pages of docs/: a hook of MkDocs, named in mkdocs.yml.

Files outside docs/ that pages link to come along; the pages of the model stand in the order in
which its overview names them; the page of the Python package is made from its public names.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
OUTSIDE = "repository"  # where files from outside docs/ are put
PACKAGE_PAGE = "reference/python.md"
MODULES = (
    "carestair",
    "carestair.analysis",
    "carestair.calibrate",
    "carestair.plot",
    "carestair.validate",
)

_LINK = re.compile(r"(\]\()([^)#\s:]+)((?:#[^)]*)?\))")


def _target(page: Path, link: str) -> Path | None:
    """Return the file a link of a page of the repository names, if it is there."""
    found = Path(os.path.normpath(page.parent / link))
    return found if found.is_file() and found.is_relative_to(ROOT) else None


def _outside(page: Path, seen: dict[Path, None]) -> None:
    """Add the files outside docs/ that a page links to, and those that these link to."""
    for match in _LINK.finditer(page.read_text(encoding="utf-8")):
        target = _target(page, match[2])
        if target is None or target.is_relative_to(DOCS) or target in seen:
            continue
        seen[target] = None
        if target.suffix == ".md":
            _outside(target, seen)


def _place(file: Path) -> str:
    """Return where a file of the repository is in the site's sources."""
    if file.is_relative_to(DOCS):
        return file.relative_to(DOCS).as_posix()
    return f"{OUTSIDE}/{file.relative_to(ROOT).as_posix()}"


def _origin(place: str) -> Path:
    """Return the file of the repository that is at a place of the site's sources."""
    inside = place.removeprefix(f"{OUTSIDE}/")
    return (ROOT if inside != place else DOCS) / inside


def _package_page() -> str:
    blocks = "\n\n".join(
        f"## {name}\n\n::: {name}\n    options: {{show_root_toc_entry: false, "
        f"show_root_heading: false}}"
        for name in MODULES
    )
    return f"# The Python package\n\n[How it is used](../python.md).\n\n{blocks}\n"


def on_config(config: Any) -> Any:
    """Put the pages of the model into the navigation."""
    overview = (DOCS / "model" / "README.md").read_text(encoding="utf-8")
    submodels = overview.split("## 7. Submodels", 1)[1]
    named = [match[2] for match in _LINK.finditer(submodels + overview)]
    there = sorted(page.name for page in (DOCS / "model").glob("*.md"))
    ordered = list(dict.fromkeys(name for name in (*named, *there) if name in there))
    section = next(entry for entry in config.nav if "The model" in entry)
    section["The model"] += [f"model/{name}" for name in ordered if name != "README.md"]
    return config


def on_files(files: Files, config: Any) -> Files:
    """Bring along what is linked to outside docs/, and the page of the package."""
    seen: dict[Path, None] = {}
    for page in sorted(DOCS.rglob("*.md")):
        _outside(page, seen)
    for target in seen:
        text = target.read_bytes()
        files.append(File.generated(config, _place(target), content=text))
    files.append(File.generated(config, PACKAGE_PAGE, content=_package_page()))
    return files


def on_page_markdown(markdown: str, page: Any, config: Any, files: Files) -> str:
    """Have links to files outside docs/ lead to where these are in the site."""
    place = page.file.src_uri
    here = _origin(place)

    def moved(match: re.Match[str]) -> str:
        target = _target(here, match[2])
        if target is None or files.get_file_from_path(_place(target)) is None:
            return match[0]
        link = os.path.relpath(_place(target), Path(place).parent)
        return f"{match[1]}{link}{match[3]}"

    return _LINK.sub(moved, markdown)
