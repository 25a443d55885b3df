"""How a page lies on its screen."""

# What a phone lays out as it comes near would be blank on the picture of a whole page, and cut off
# what is too wide in it.
ALL_DRAWN = """() => document.querySelectorAll("*").forEach(
    (each) => each.style && (each.style.contentVisibility = "visible"))"""


def overhang(page) -> int:
    """By how many pixels the page is wider than its screen. A phone zooms out where something is
    too wide, and then gives that width as its window's: so what was asked for is what counts."""
    page.wait_for_load_state()
    page.evaluate(ALL_DRAWN)
    width = page.evaluate("document.documentElement.scrollWidth")
    return max(0, width - page.viewport_size["width"])


def fits(page) -> bool:
    return overhang(page) == 0
