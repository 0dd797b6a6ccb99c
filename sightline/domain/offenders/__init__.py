"""Hold what adults who are managed after an offence must tell the police, by when, and who must visit them by when."""
