"""`usher users photo`: in from a file, told, and out to a file."""

from pathlib import Path

from PIL import Image

from store.session import Session
from tests.pictures import picture
from tests.tui.cli.conftest import Usher


def test_a_photo_is_set_told_saved_and_removed(
    usher: Usher, owner: Session, tmp_path: Path
) -> None:
    face, out = tmp_path / "face.png", tmp_path / "face.jpg"
    face.write_bytes(picture("PNG", 600, 300))
    assert "--file" in usher("users", "photo", "olga").out
    assert usher("users", "photo", "olga", "--save", str(out)).code == 3
    words = ("users", "photo", "olga", "--reason", "new face", "--file")
    assert usher(*words, str(face), "--dry-run").code == 0
    assert usher("users", "photo", "olga", "--json").json == {"photo": None}
    assert usher(*words, str(face)).out.startswith("Set: 512×256 pixels, ")
    told = usher("users", "photo", "olga", "--json").json["photo"]
    assert (told["user"], told["width"]) == (1, 512)
    assert usher("users", "photo", "olga", "--save", str(out)).code == 0
    with Image.open(out) as image:
        assert image.size == (512, 256)
    assert "--yes" in usher("users", "photo", "olga", "--save", str(out)).err
    assert usher("users", "photo", "olga", "--save", str(out), "--yes").code == 0
    assert usher(*words, str(out), "--remove").code == 2
    assert usher(*words[:-1], "--remove").out.startswith("Taken out: 512×256")
    face.write_text("no picture")
    refused = usher(*words, str(face), "--json")
    assert (refused.code, refused.json["error"]["code"]) == (3, "photo_unknown")
