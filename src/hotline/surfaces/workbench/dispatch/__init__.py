"""派单台 (dispatch): what waits for a unit, the units that come into question and why; all that is done there, the cards
do."""
