"""The desks of an agency: their hours, who is on duty now, and the rota."""
