"""How a page lies on its screen."""


def overhang(page) -> int:
    """By how many pixels the page is wider than its screen. A phone zooms out where something is
    too wide, and then gives that width as its window's: so what was asked for is what counts."""
    page.wait_for_load_state()
    width = page.evaluate("document.documentElement.scrollWidth")
    return max(0, width - page.viewport_size["width"])


def fits(page) -> bool:
    return overhang(page) == 0
