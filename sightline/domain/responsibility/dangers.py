"""In which class of danger a safety event stands in the queue, by what happens to the child."""

from sightline.domain.duties.danger import Danger
from sightline.domain.responsibility.opening import Happening

DANGER_OF: dict[Happening, Danger] = {
    Happening.PROTECTION: Danger.PROTECTION,
    Happening.MISSING: Danger.MISSING,
    Happening.CUSTODY: Danger.CUSTODY,
    Happening.FOUND: Danger.NOWHERE,
    Happening.RELEASED: Danger.NOWHERE,
    Happening.RAILWAY: Danger.NOWHERE,
}
