"""Photos of work, drawn: a wall, what is mounted on it, light and grain, with a camera's metadata."""

from __future__ import annotations

import random
from io import BytesIO

import pillow_heif
from PIL import Image, ImageDraw, ImageFilter

pillow_heif.register_heif_opener()
SIZE = (1600, 1200)
_WALLS = ((214, 205, 190), (188, 199, 205), (205, 198, 176), (176, 176, 172), (222, 214, 206))
_COPPER, _STEEL, _WHITE = (184, 115, 72), (150, 156, 162), (236, 236, 232)


def photo(rng: random.Random, trade: str, *, heic: bool = False) -> bytes:
    """Return a photo as JPEG or HEIC, with the date, a camera's name and a position in its EXIF."""
    image = Image.new("RGB", SIZE, rng.choice(_WALLS))
    {"plumbing": _pipes, "roofing": _roof, "cleaning": _room}[trade](ImageDraw.Draw(image), rng)
    image = _light(image, rng)
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Example", "Phone 12"
    exif[0x0132] = f"2026:{rng.randrange(1, 12):02d}:{rng.randrange(1, 28):02d} 10:{rng.randrange(10, 59)}:00"
    exif.get_ifd(0x8825).update({1: "N", 2: (30.0, 39.0, 12.0), 3: "W", 4: (88.0, 29.0, 40.0)})
    out = BytesIO()
    if heic:
        # Small, since this encoder is slow and the demo should be there soon.
        image.resize((640, 480)).save(out, "HEIF", quality=60, exif=exif.tobytes())
    else:
        image.save(out, "JPEG", quality=82, exif=exif)
    return out.getvalue()


def _pipes(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    width, height = SIZE
    draw.rectangle((0, height - 260, width, height), fill=(120, 112, 102))
    for _ in range(rng.randrange(3, 6)):
        metal, x, thick = rng.choice((_COPPER, _STEEL)), rng.randrange(80, width - 80), rng.randrange(22, 46)
        _pipe(draw, (x, 0, x, rng.randrange(500, 1100)), thick, metal)
    for _ in range(rng.randrange(1, 4)):
        y = rng.randrange(120, 800)
        _pipe(draw, (0, y, width, y), rng.randrange(22, 40), rng.choice((_COPPER, _STEEL)))
    x = rng.randrange(300, 1000)
    draw.rounded_rectangle((x, 380, x + 360, 1120), 60, fill=_WHITE, outline=(170, 170, 166), width=6)
    draw.ellipse((x + 130, 860, x + 230, 960), fill=(60, 62, 66))
    draw.rectangle((x + 60, 520, x + 300, 660), fill=(238, 214, 120))


def _pipe(
    draw: ImageDraw.ImageDraw, line: tuple[int, int, int, int], thick: int, metal: tuple[int, int, int]
) -> None:
    dark, light = tuple(part * 6 // 10 for part in metal), tuple(min(255, part + 50) for part in metal)
    for share, colour in ((1.0, dark), (0.72, metal), (0.2, light)):
        draw.line(line, fill=colour, width=max(2, int(thick * share)))


def _roof(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    width, height = SIZE
    draw.rectangle((0, 0, width, 420), fill=(158, 196, 226))
    base = rng.choice(((96, 88, 84), (120, 92, 78), (84, 92, 98)))
    for row in range(14):
        y = 360 + row * 62
        for column in range(-1, 22):
            shade = rng.randrange(-16, 16)
            x = column * 80 + (row % 2) * 40
            draw.rectangle((x, y, x + 78, y + 60), fill=tuple(part + shade for part in base))
    for _ in range(rng.randrange(1, 5)):
        x, y = rng.randrange(100, width - 200), rng.randrange(440, height - 150)
        draw.ellipse((x, y, x + rng.randrange(30, 110), y + rng.randrange(20, 70)), fill=(58, 52, 50))
    draw.rectangle((1100, 160, 1280, 560), fill=(142, 80, 62), outline=(98, 56, 44), width=5)


def _room(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    width, height = SIZE
    draw.polygon(((0, height), (width, height), (width - 260, 760), (260, 760)), fill=(178, 142, 104))
    draw.rectangle((560, 140, 1040, 560), fill=(206, 228, 240), outline=(246, 246, 244), width=18)
    draw.line((800, 140, 800, 560), fill=(246, 246, 244), width=14)
    sofa = rng.choice(((94, 120, 140), (150, 98, 92), (110, 128, 96)))
    draw.rounded_rectangle((140, 640, 800, 940), 40, fill=sofa)
    draw.rounded_rectangle((180, 560, 760, 740), 40, fill=tuple(part + 16 for part in sofa))
    draw.ellipse((1100, 700, 1420, 820), fill=(120, 86, 60))
    draw.rectangle((1240, 780, 1280, 1000), fill=(96, 70, 50))


def _light(image: Image.Image, rng: random.Random) -> Image.Image:
    """Give a drawing the light, the grain and the softness of a phone's picture."""
    glow = Image.new("L", (64, 48))
    x, y = rng.randrange(10, 54), rng.randrange(4, 24)
    glow.putdata([max(40, 255 - 4 * (abs(x - n % 64) + abs(y - n // 64))) for n in range(64 * 48)])
    shade = Image.new("RGB", image.size, (26, 24, 30))
    lit = Image.composite(
        image, shade, glow.resize(image.size, Image.Resampling.BICUBIC).point(lambda v: 120 + v // 2)
    )
    grain = Image.effect_noise((400, 300), 22).resize(image.size)
    return Image.blend(lit, Image.merge("RGB", (grain, grain, grain)), 0.06).filter(ImageFilter.BoxBlur(1))
