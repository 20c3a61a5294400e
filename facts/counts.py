"""Which fact counts where several places tell one: the nearer before the farther."""

from __future__ import annotations

from facts.model import Hall, Office, Service, Window


def windows_of(hall: Hall, office: Office, service: Service | None = None) -> tuple[Window, ...]:
    """The windows that handle a service (or an office): its own, else its office's.

    Where neither names one, the windows that name the office; else the first-question window.
    """
    numbers = (service.window if service else ()) or office.window
    named = [window for window in map(hall.window, numbers) if window]
    if not named:
        named = [each for each in hall.windows if office.id in (each.office, *each.offices)]
    lead = hall.window(hall.lead_window)
    return tuple(named) or ((lead,) if lead else ())


def phone_of(hall: Hall, office: Office, service: Service | None = None) -> str | None:
    """The service's phone, else its window's, else its office's, else the hall's."""
    own = service.phone if service else None
    window = next(iter(windows_of(hall, office, service)), None)
    return own or (window.phone if window else None) or office.phone or hall.phone


def window_phone(hall: Hall, window: Window) -> str | None:
    """A window's phone, else its office's, else the hall's."""
    owners = (hall.office(each) for each in (window.office, *window.offices))
    phones = (office.phone for office in owners if office)
    return window.phone or next((phone for phone in phones if phone), None) or hall.phone
