"""Days of short talks: who meets whom, when and at which table, at an activity."""
