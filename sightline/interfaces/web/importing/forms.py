"""Ask for a file and its format."""

from django import forms

from sightline.apps.intake.actions import MOST_BYTES
from sightline.domain.intake.feed import Feed


class UploadForm(forms.Form):
    """Ask for a file and its feed."""

    feed = forms.ChoiceField(label="What is it?", widget=forms.RadioSelect,
                             error_messages={"required": "Choose what the file is"})
    file = forms.FileField(label="The file", allow_empty_file=True,
                           error_messages={"required": "Choose a file"})

    def __init__(self, *args: object, feeds: list[Feed]) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        self.fields["feed"].choices = [(feed.name, feed.title) for feed in feeds]  # type: ignore[attr-defined]

    def clean_file(self) -> object:
        """Refuse a file that is too large before it is stored."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError("The file is larger than 500 MB. Send it in parts")
        return file
