"""Print the pages of this folder to PDF with Chromium; see README.md."""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent
MARGINS = {"top": "20mm", "bottom": "20mm", "left": "22mm", "right": "22mm"}
HEADED = {"browser", "one_page"}


def main() -> None:
    """Print each page; those of HEADED with the browser's own head and foot."""
    from playwright.sync_api import sync_playwright  # of an environment of its own: tests read the printed files

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for source in sorted(HERE.glob("*.html")):
            page = browser.new_page()
            page.goto(source.as_uri())
            page.evaluate("document.fonts.ready")
            page.pdf(path=source.with_suffix(".pdf"), format="A4", display_header_footer=source.stem in HEADED, margin=MARGINS)
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
