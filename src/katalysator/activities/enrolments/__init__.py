"""Who comes to an activity: places, a waiting list, attendance."""
