#!/usr/bin/env python3
"""Makes the pictures of the READMEs anew, from the campaign in examples/in-trouble as of 15 November 2022.

    cargo build --release
    python3 -m venv venv && venv/bin/pip install pillow==13.0.0 rich==15.0.0
    venv/bin/python examples/pictures/make.py

Needs chromium, soffice (LibreOffice Calc and Writer), pdftoppm and a Chinese font
(Debian: chromium libreoffice-calc libreoffice-writer poppler-utils fonts-noto-cjk).
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PLANS = "examples/in-trouble"
AS_OF = "2022-11-15"
LANGS = ("zh", "en")
CHROMIUM = [
    "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--force-device-scale-factor=1.5",
]


def duban(lang, *arguments, codes=(0,)):
    """What the program prints."""
    command = [ROOT / "target/release/duban", *arguments, "--as-of", AS_OF, "--lang", lang]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", errors="replace")
    if run.returncode not in codes:
        sys.exit(f"exit code {run.returncode}: {run.stderr}")
    return run.stdout


def shoot(page, picture, width, height, scratch):
    """Photographs a page in a browser that knows nothing yet."""
    profile = tempfile.mkdtemp(dir=scratch)
    flags = [f"--user-data-dir={profile}", f"--window-size={width},{height}", f"--screenshot={picture}"]
    subprocess.run([*CHROMIUM, *flags, page.as_uri()], check=True, capture_output=True)


def paper(document, picture, scratch, page=1):
    """Photographs a page of what LibreOffice makes of a document."""
    office = ["soffice", f"-env:UserInstallation={(scratch / 'office').as_uri()}", "--headless", "--convert-to", "pdf"]
    subprocess.run([*office, "--outdir", scratch, document], check=True, capture_output=True)
    pdf = document.with_suffix(".pdf")
    range_ = ["-f", str(page), "-l", str(page), "-singlefile"]
    subprocess.run(["pdftoppm", "-r", "110", "-png", *range_, pdf, picture.with_suffix("")], check=True)


def terminal(lang, picture, scratch):
    from rich.console import Console
    from rich.terminal_theme import DIMMED_MONOKAI
    from rich.text import Text

    unit = f"{PLANS}/D03.toml"
    commands = [
        # Three findings, and a table with the names below it.
        (24, f"duban check {unit}", ("check", unit, "--color", "always")),
        (
            28,
            f"duban report {PLANS} --by category --milestone life-meetings",
            ("report", PLANS, "--by", "category", "--milestone", "life-meetings", "--color", "always"),
        ),
    ]
    console = Console(record=True, width=118, file=open(scratch / "out", "w", encoding="utf-8"))
    for height, typed, arguments in commands:
        lines = duban(lang, *arguments, codes=(0, 1)).splitlines()
        console.print(Text(f"$ {typed}", style="bold"))
        for line in lines[:height]:
            console.print(Text.from_ansi(line, no_wrap=True))
        console.print()
    # In this font a Chinese character is just as wide as two letters, as in a terminal.
    font = "15px/1.45 'Noto Sans Mono CJK SC'"
    shown = "<pre style=\"margin:0;padding:18px 22px;background:#1e1e1e;color:#d8d8d8;font:" + font + "\">{code}</pre>"
    html = console.export_html(theme=DIMMED_MONOKAI, inline_styles=True, code_format=shown)
    page = scratch / "terminal.html"
    page.write_text(f"<meta charset=utf-8><style>body{{margin:0;background:#1e1e1e}}</style>{html}", encoding="utf-8")
    shoot(page, picture, 1060, 1500, scratch)


def workbook(lang, picture, scratch):
    file = scratch / "ledger.xlsx"
    duban(lang, "report", PLANS, "-o", str(file))
    paper(file, picture, scratch)


def bulletin(lang, picture, scratch):
    file = scratch / "bulletin.docx"
    duban(lang, "report", PLANS, "-o", str(file))
    paper(file, picture, scratch)


def board(lang, picture, scratch):
    file = scratch / "board.html"
    duban(lang, "report", PLANS, "-o", str(file))
    shoot(file, picture, 1280, 1440, scratch)


def shrink(picture):
    """Cuts away the empty margin below and at the sides, and keeps 128 colours."""
    from PIL import Image, ImageChops

    image = Image.open(picture).convert("RGB")
    ground = Image.new("RGB", image.size, image.getpixel((image.width - 1, image.height - 1)))
    box = ImageChops.difference(image, ground).getbbox() or (0, 0, *image.size)
    margin = 24
    box = (max(box[0] - margin, 0), max(box[1] - margin, 0), min(box[2] + margin, image.width), min(box[3] + margin, image.height))
    image.crop(box).quantize(128, dither=Image.Dither.NONE).save(picture, optimize=True)


def main():
    missing = [program for program in ("chromium", "soffice", "pdftoppm") if not shutil.which(program)]
    if missing:
        sys.exit(f"not there: {', '.join(missing)}")
    for make in (terminal, workbook, bulletin, board):
        for lang in LANGS:
            picture = HERE / f"{make.__name__}.{lang}.png"
            with tempfile.TemporaryDirectory() as scratch:
                make(lang, picture, Path(scratch))
            shrink(picture)
            print(f"{picture.relative_to(ROOT)}: {picture.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
