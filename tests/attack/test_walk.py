"""Who may come where: every address of the house, walked by everybody, to read and to do.

Expected is a status for a stranger, a member of another organisation, a member of the owner, and the
coordinator; who manages the owner's organisation may what its members may, and who was shut out is a
stranger. An address that is not in the tables fails the test: nothing is open by accident.
"""

import json
import re
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.conf.urls.i18n import i18n_patterns
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import URLPattern, URLResolver, get_resolver, include, path
from django.utils import timezone

from katalysator.listings.models import Listing
from katalysator.listings.workflow import LISTING
from katalysator.site import urls
from katalysator.site.api import api
from katalysator.site.views import home
from tests import builders
from tests.attack.steps import text_of
from tests.attack.world import ALIKE, ROLES, SEEN, World, everything, make

pytestmark = pytest.mark.django_db

Statuses = tuple[int, int, int, int]
OK, LED, NO, GONE, ONLY_READ, UNFIT = 200, 302, 403, 404, 405, 422
LOGIN = LED
EVERYONE = (OK, OK, OK, OK)
BUREAU = (LOGIN, NO, NO, OK)
INSIDE = (LOGIN, OK, OK, OK)
OUTSIDE = (OK, LED, LED, LED)
NOTHING = (GONE, GONE, GONE, GONE)
OF_ONE = (LOGIN, GONE, GONE, OK)  # a sheet of the coordinator's: nobody else sees it
OF_OWNER = (LOGIN, NO, OK, OK)
OF_MANAGER = (LOGIN, NO, NO, NO)  # of who manages it alone: the bureau does not see it
CONFIRMED = (LED, LED, LED, LED)  # nobody just showed who they are, nor did a first step
NO_STEP = (LOGIN, GONE, GONE, GONE)  # nobody here has a second step
OF_HOLDER = (LOGIN, GONE, GONE, GONE)  # of who manages the organisation that shares, not the bureau
OF_PEERS = (LOGIN, OK, NO, NO)  # nobody judges their own
PARTICIPANTS, OWNER = (GONE, OK, OK, OK), (GONE, GONE, OK, OK)
ASKED_ONES = (LOGIN, GONE, OK, OK)  # of an introduction: its parties, and the bureau
INSIDE_NOT_BUREAU = (LOGIN, OK, OK, NO)  # nobody looks for the coalition
BUREAUS = (GONE, GONE, GONE, OK)
OF_ONESELF = (LOGIN, GONE, OK, GONE)  # a profile, which nobody else has to do with
OF_MANAGER_ALONE = (LOGIN, GONE, GONE, GONE)  # nobody else learns that it is there
OF_ONESELF_DONE = (LOGIN, GONE, LED, GONE)
OF_CONNECTOR = ("open", "key", "partners/{elsewhere}/block", "partners/{elsewhere}/unblock")
OF_DATASET = ("edit", "version", "publish", "delete")
OF_DEALER = (LOGIN, GONE, GONE, GONE)  # who manages what deals; the bureau does not
OF_PARTIES = (LOGIN, LED, LED, NO)
LISTINGS = "listings_listing"
STATES = {"public": "published", "inside": "published", "draft": "draft", "closed": "closed"}

READING: dict[str, Statuses] = {
    "/": (LED, LED, LED, LED),
    "/en/": EVERYONE,
    "/en/about/": EVERYONE,
    "/en/search/": EVERYONE,
    "/embed/board/": EVERYONE,
    "/en/organisations/voorbeeld-eigenaar/embed/": BUREAU,
    "/en/listings/": EVERYONE,
    "/en/listings/export.csv": EVERYONE,
    "/en/gaps/": EVERYONE,
    "/en/gaps/export.csv": EVERYONE,
    "/en/gaps/{public}/": EVERYONE,
    "/en/gaps/{inside}/": PARTICIPANTS,
    "/en/gaps/{draft}/": NOTHING,
    "/en/listings/feed.atom": EVERYONE,
    "/en/listings/feed.json": EVERYONE,
    "/en/knowledge/feed.atom": EVERYONE,
    "/en/listings/subjects/": EVERYONE,
    "/en/organisations/": EVERYONE,
    "/en/areas/zorg/": EVERYONE,
    "/en/areas/zorg/data/": EVERYONE,
    "/en/blocks/data/": EVERYONE,
    "/en/hubs/nergens/": NOTHING,
    "/en/organisations/voorbeeld-eigenaar/": EVERYONE,
    "/en/organisations/voorbeeld-eigenaar/edit/": OF_OWNER,
    "/en/organisations/voorbeeld-eigenaar/commitments/": OF_OWNER,
    "/en/organisations/voorbeeld-eigenaar/commitments/edit/": OF_OWNER,
    "/en/organisations/voorbeeld-eigenaar/commitments/hours/new/": OF_OWNER,
    "/en/organisations/voorbeeld-eigenaar/people/": OF_OWNER,
    "/en/organisations/voorbeeld-eigenaar/people/me/": (LOGIN, GONE, OK, GONE),
    "/en/organisations/voorbeeld-eigenaar/ask/": EVERYONE,
    "/en/organisations/voorbeeld-eigenaar/people/{membership}/hand-over/": OF_OWNER,
    "/en/organisations/voorbeeld-eigenaar/meeting/": OF_MANAGER,
    "/en/organisations/voorbeeld-eigenaar/webhooks/": OF_MANAGER,
    "/en/bureau/webhooks/": BUREAU,
    "/en/webhooks/{hook}/": (LOGIN, GONE, GONE, GONE),
    "/en/webhooks/{bureauhook}/": (LOGIN, GONE, GONE, OK),
    "/en/dataspace/datasets/{dataset}/source/": OF_MANAGER_ALONE,
    "/en/ask/sent/": EVERYONE,
    "/en/invitations/nothing/": NOTHING,
    "/en/join/": EVERYONE,
    "/en/join/sent/": EVERYONE,
    "/en/join/{key}/": EVERYONE,
    "/en/join/nothing/": NOTHING,
    "/en/questions/": EVERYONE,
    "/en/questions/ask/": EVERYONE,
    "/en/questions/sent/": EVERYONE,
    "/en/questions/{answered}/": EVERYONE,
    "/en/questions/{question}/": OWNER,
    "/en/questions/own/nothing/": NOTHING,
    "/en/bureau/questions/": BUREAU,
    "/en/groups/": EVERYONE,
    "/en/groups/new/": INSIDE,
    "/en/groups/voorbeeldgroep/": EVERYONE,
    "/en/groups/voorbeeldgroep/edit/": BUREAU,
    "/en/groups/voorbeeldgroep/members/": BUREAU,
    "/en/groups/voorbeeldgroep/meetings/": EVERYONE,
    "/en/groups/voorbeeldgroep/meetings/new/": BUREAU,
    "/en/groups/voorbeeldgroep/meetings/{held}/": PARTICIPANTS,
    "/en/groups/voorbeeldgroep/meetings/{minuted}/": OWNER,
    "/en/groups/voorbeeldgroep/meetings/{minuted}/edit/": BUREAU,
    "/en/groups/voorbeeldgroep/meetings/{minuted}/minutes/": BUREAU,
    "/en/groups/voorbeeldgroep/decisions/": EVERYONE,
    "/en/groups/voorbeeldgroep/decisions/new/": BUREAU,
    "/en/groups/voorbeeldgroep/tasks/": OF_OWNER,
    "/en/groups/voorbeeldgroep/calendar/": OF_OWNER,
    "/en/groups/voorbeeldgroep/tasks/new/": OF_OWNER,
    "/en/groups/voorbeeldgroep/tasks/{task}/edit/": OF_OWNER,
    "/en/bureau/stewards/": BUREAU,
    "/theme.css": EVERYONE,
    "/.well-known/security.txt": NOTHING,
    "/.well-known/dspace-version": EVERYONE,
    "/dataspace/voorbeeld-eigenaar/.well-known/dspace-version": EVERYONE,
    "/dataspace/voorbeeld-eigenaar/did.json": EVERYONE,
    "/catalog": EVERYONE,
    "/catalog.ttl": EVERYONE,
    "/dataspace/voorbeeld-eigenaar/catalog": EVERYONE,
    "/dataspace/voorbeeld-eigenaar/catalog.jsonld": EVERYONE,
    "/dataspace/datasets/1": (LED, LED, LED, LED),
    "/dataspace/datasets/999999.rdf": NOTHING,
    "/en/dataspace/elsewhere/": EVERYONE,
    "/en/dataspace/sources/": BUREAU,
    "/en/dataspace/sources/{portal}/": BUREAU,
    # for programs alone, which prove who they are by tokens: tests/dataspace
    "/dataspace/voorbeeld-eigenaar/dsp/2025-1/negotiations/urn:uuid:1": NOTHING,
    "/en/dataspace/catalogues/": INSIDE,
    "/en/dataspace/catalogues/voorbeeld-eigenaar/": OF_DEALER,
    "/en/dataspace/catalogues/voorbeeld-eigenaar/dataset/": OF_DEALER,
    "/en/dataspace/datasets/{hidden}/ask/": OF_DEALER,
    "/en/dataspace/negotiations/": INSIDE,
    "/en/dataspace/negotiations/{negotiation}/": OF_DEALER,
    "/en/dataspace/negotiations/{negotiation}/termination/": OF_DEALER,
    "/en/dataspace/transfers/": INSIDE,
    "/en/dataspace/transfers/{transfer}/": OF_DEALER,
    "/en/dataspace/transfers/{transfer}/suspension/": OF_DEALER,
    "/en/dataspace/transfers/{transfer}/data/": OF_DEALER,
    "/en/dataspace/decisions/": INSIDE,
    "/en/dataspace/decisions/export.csv": INSIDE,
    "/en/dataspace/agreements/{agreement}/uses/": OF_DEALER,
    "/en/dataspace/agreements/{agreement}/uses/export.csv": OF_DEALER,
    "/dataspace/voorbeeld-eigenaar/data/urn:uuid:1": (401, 401, 401, 401),
    "/dataspace/voorbeeld-eigenaar/data/urn:uuid:1/token": (405, 405, 405, 405),
    "/en/contact/": EVERYONE,
    "/en/privacy/": EVERYONE,
    "/en/accessibility/": EVERYONE,
    "/en/bureau/": BUREAU,
    "/en/bureau/coalition/": BUREAU,
    "/en/bureau/export/": BUREAU,
    "/en/bureau/import/participants/": BUREAU,
    "/en/bureau/import/participants/00000000-0000-0000-0000-000000000000/": (
        LOGIN,
        GONE,
        GONE,
        GONE,
    ),
    "/en/bureau/import/participants/00000000-0000-0000-0000-000000000000/rest.xlsx": (
        LOGIN,
        GONE,
        GONE,
        GONE,
    ),
    "/en/bureau/import/people/": BUREAU,
    "/en/bureau/import/people/00000000-0000-0000-0000-000000000000/": (LOGIN, GONE, GONE, GONE),
    "/en/bureau/import/people/00000000-0000-0000-0000-000000000000/rest.xlsx": (
        LOGIN,
        GONE,
        GONE,
        GONE,
    ),
    "/en/bureau/week/": BUREAU,
    "/en/bureau/participants/": BUREAU,
    "/en/bureau/listings/": BUREAU,
    "/en/bureau/deeds/": BUREAU,
    "/en/bureau/deeds/{bulk}/": BUREAU,
    "/en/bureau/letters/": BUREAU,
    "/en/bureau/letters/{mailing}/": BUREAU,
    "/en/bureau/letters/{mailing}/edit/": BUREAU,
    "/en/bureau/notes/voorbeeld-eigenaar/": BUREAU,
    "/en/bureau/merge/": BUREAU,
    "/en/bureau/applications/": BUREAU,
    "/en/bureau/applications/{application}/": BUREAU,
    "/en/activities/import/": INSIDE,
    "/en/activities/import/00000000-0000-0000-0000-000000000000/": (LOGIN, GONE, GONE, GONE),
    "/en/activities/import/00000000-0000-0000-0000-000000000000/rest.xlsx": (
        LOGIN,
        GONE,
        GONE,
        GONE,
    ),
    "/en/knowledge/import/": INSIDE,
    "/en/knowledge/import/00000000-0000-0000-0000-000000000000/": (LOGIN, GONE, GONE, GONE),
    "/en/knowledge/import/00000000-0000-0000-0000-000000000000/rest.xlsx": (
        LOGIN,
        GONE,
        GONE,
        GONE,
    ),
    "/en/open-data/": EVERYONE,
    "/open-data/coalition.zip": EVERYONE,
    "/open-data/datapackage.json": EVERYONE,
    "/en/activities/": EVERYONE,
    "/en/activities/feed.ics": EVERYONE,
    "/en/activities/mine/": INSIDE,
    "/en/activities/mine/nothing.ics": NOTHING,
    "/en/activities/new/": INSIDE,
    "/en/activities/calendar/": INSIDE,
    "/en/activities/{activity}/": EVERYONE,
    "/en/activities/{activity}/activity.ics": EVERYONE,
    "/en/activities/{activity_inside}/": PARTICIPANTS,
    "/en/activities/{activity_inside}/activity.ics": PARTICIPANTS,
    "/en/activities/{activity_draft}/": OWNER,
    "/en/activities/{activity_draft}/edit/": (LOGIN, GONE, OK, OK),
    "/en/activities/{activity}/edit/": OF_OWNER,
    "/en/activities/{activity}/cancel/": OF_OWNER,
    "/en/activities/{activity}/repeat/": OF_OWNER,
    "/en/activities/{activity}/outcome/": OF_OWNER,
    "/en/activities/{activity}/choice/": OF_OWNER,
    "/en/activities/{activity}/enrolments/": OF_OWNER,
    "/en/activities/{activity}/enrolments/export.csv": OF_OWNER,
    "/en/choices/{choice}/": EVERYONE,
    "/en/choices/{choice}/order/": INSIDE,
    "/en/account/": INSIDE,
    "/en/account/tokens/": INSIDE,
    "/en/account/searches/": INSIDE,
    "/en/account/searches/new/": INSIDE,
    "/en/account/searches/{search}/": (LOGIN, GONE, LED, GONE),
    "/en/account/searches/{search}/edit/": (LOGIN, GONE, OK, GONE),
    "/en/account/settings/": INSIDE,
    "/en/account/letters/": INSIDE,
    "/en/account/data/": CONFIRMED,
    "/en/account/close/": CONFIRMED,
    "/en/account/confirm/": INSIDE,
    "/en/account/two-step/": INSIDE,
    "/en/account/two-step/code/": CONFIRMED,
    "/en/account/two-step/confirm/": CONFIRMED,
    "/en/account/two-step/app/": CONFIRMED,
    "/en/account/two-step/app/remove/": NO_STEP,
    "/en/account/two-step/recovery/": NO_STEP,
    "/en/account/two-step/recovery/new/": CONFIRMED,
    "/en/account/two-step/recovery/codes.txt": NO_STEP,
    "/en/account/two-step/passkeys/": INSIDE,
    "/en/account/two-step/passkeys/add/": CONFIRMED,
    "/en/account/two-step/passkeys/1/": CONFIRMED,
    "/en/account/two-step/passkeys/1/remove/": CONFIRMED,
    "/en/account/two-step/passkeys/confirm/": CONFIRMED,
    "/en/account/login/passkey/": CONFIRMED,
    "/en/account/elsewhere/": CONFIRMED,
    "/en/account/elsewhere/nowhere/back/": NOTHING,
    "/en/letters/stop/{stop}/": EVERYONE,
    "/en/letters/stop/nothing/": NOTHING,
    "/en/account/email/": INSIDE,
    "/en/account/email/x/": INSIDE,
    "/en/account/login/": OUTSIDE,
    "/en/account/logout/": (LED, OK, OK, OK),
    "/en/account/signup/": OUTSIDE,
    "/en/account/inactive/": EVERYONE,
    "/en/account/password/change/": INSIDE,
    "/en/account/password/reset/": EVERYONE,
    "/en/account/password/reset/done/": EVERYONE,
    "/en/account/password/reset/key/1-x/": EVERYONE,
    "/en/account/password/reset/key/done/": EVERYONE,
    "/en/listings/mine/": INSIDE,
    "/en/listings/import/": INSIDE,
    "/en/listings/import/{sheet}/": OF_ONE,
    "/en/listings/import/00000000-0000-0000-0000-000000000000/rest.xlsx": (LOGIN, GONE, GONE, GONE),
    "/en/listings/new/": INSIDE,
    "/en/listings/new/need/teaching/": INSIDE,
    "/en/grading/": BUREAU,
    "/en/measures/": BUREAU,
    "/en/measures/export.csv": BUREAU,
    "/en/measures/grades.csv": BUREAU,
    "/en/measures/outcomes.csv": BUREAU,
    "/en/weights/": BUREAU,
    "/en/talent/": EVERYONE,
    "/en/talent/road/": EVERYONE,
    "/en/talent/work/": EVERYONE,
    "/en/talent/work/starter/work/nurse/": EVERYONE,
    "/en/talent/work/nothing/": NOTHING,
    "/en/talent/skills/": EVERYONE,
    "/en/talent/skills/starter/skill/python/": EVERYONE,
    "/en/talent/taxonomies/": BUREAU,
    "/en/talent/taxonomies/{taxonomy}/": BUREAU,
    "/en/talent/taxonomies/{taxonomy_beside}/": BUREAU,
    "/en/talent/figures/": BUREAU,
    "/en/talent/own/new/": BUREAU,
    "/en/talent/own/{added_skill}/edit/": BUREAU,
    "/en/talent/courses/": BUREAU,
    "/en/talent/courses/new/": BUREAU,
    "/en/talent/courses/{course}/edit/": BUREAU,
    "/en/concepts/": BUREAU,
    "/en/concepts/add/": BUREAU,
    "/en/concepts/heron/edit/": BUREAU,
    "/en/concepts/heron/remove/": BUREAU,
    "/en/knowledge/": EVERYONE,
    "/en/knowledge/mine/": INSIDE,
    "/en/knowledge/new/": INSIDE,
    "/en/knowledge/reviews/": INSIDE,
    "/en/knowledge/{known}/": EVERYONE,
    "/en/knowledge/{knowninside}/": PARTICIPANTS,
    "/en/knowledge/{knownreview}/": PARTICIPANTS,
    "/en/knowledge/{knowndraft}/": OWNER,
    "/en/knowledge/{known}/edit/": (LOGIN, NO, OK, OK),
    "/en/knowledge/{knowndraft}/edit/": (LOGIN, GONE, OK, OK),
    "/en/knowledge/{knowndraft}/delete/": (LOGIN, GONE, OK, OK),
    "/en/knowledge/{knownreview}/reviewers/": (LOGIN, NO, OK, OK),
    "/en/knowledge/{knownreview}/reviews/new/": OF_PEERS,
    "/en/knowledge/{knowndraft}/reviews/new/": (LOGIN, GONE, NO, NO),
    "/en/knowledge/{known}/uses/new/": OF_PEERS,
    "/en/knowledge/{known}/files/": (LOGIN, NO, OK, OK),
    "/en/knowledge/{knowninside}/files/{file}/": PARTICIPANTS,
    "/en/knowledge/{known}/files/{file}/": NOTHING,
    "/en/introductions/": INSIDE,
    "/en/introductions/{met_asked}/": ASKED_ONES,
    "/en/introductions/{met_talk}/": INSIDE,
    "/en/introductions/{met_refused}/": INSIDE,
    "/en/introductions/{met_found}/": ASKED_ONES,
    "/en/listings/{public}/introduce/": (LOGIN, OK, LED, OK),
    "/en/listings/{draft}/introduce/": (LOGIN, GONE, GONE, GONE),
    "/en/listings/{closed}/found/": (LOGIN, GONE, OK, NO),
    "/en/listings/{public}/found/": (LOGIN, NO, OK, NO),
    "/en/bureau/introductions/": BUREAU,
    "/en/bureau/matches/": BUREAU,
    "/en/bureau/meeting-rules/": BUREAU,
    "/en/activities/{talks}/talks/": (LOGIN, GONE, NO, OK),
    "/en/activities/{talks}/talks/settings/": (LOGIN, NO, NO, OK),
    "/en/activities/{talks}/talks/plan/": (LOGIN, GONE, NO, OK),
    "/en/activities/{talks}/talks/mine/": ASKED_ONES,
    "/en/activities/{talks}/talks/mine/times/": (LOGIN, GONE, OK, GONE),
    "/en/activities/talks/nothing.ics": NOTHING,
    "/en/rounds/": BUREAU,
    "/en/rounds/new/": BUREAU,
    "/en/dataspace/": EVERYONE,
    "/en/dataspace/datasets/": EVERYONE,
    "/en/dataspace/datasets/mine/": INSIDE,
    "/en/dataspace/datasets/new/": (LOGIN, LED, LED, LED),
    "/en/dataspace/datasets/{shared}/": EVERYONE,
    "/en/dataspace/datasets/{shared}/edit/": OF_MANAGER,
    "/en/dataspace/datasets/{dataset}/": NOTHING,
    **{f"/en/dataspace/datasets/{{dataset}}/{each}/": OF_MANAGER_ALONE for each in OF_DATASET},
    "/en/dataspace/connectors/voorbeeld-eigenaar/": OF_MANAGER,
    "/en/dataspace/agreements/": INSIDE,
    "/en/dataspace/agreements/{agreement}/": OF_HOLDER,
    "/en/dataspace/agreements/{agreement}/sign/": OF_HOLDER,
    "/en/dataspace/agreements/{agreement}/end/": OF_HOLDER,
    "/en/dataspace/agreements/{agreement}/renew/": OF_HOLDER,
    "/en/dataspace/agreements/{agreement}/text.pdf": OF_HOLDER,
    "/en/dataspace/agreements/{agreement}/text.json": OF_HOLDER,
    "/en/dataspace/datasets/{dataset}/terms/": OF_HOLDER,
    "/en/dataspace/datasets/{dataset}/terms/new/": OF_HOLDER,
    "/en/dataspace/datasets/{dataset}/canvas/": OF_HOLDER,
    "/en/dataspace/datasets/{dataset}/canvas/summary/": OF_HOLDER,
    "/en/dataspace/datasets/{dataset}/canvas/owner/": OF_HOLDER,
    "/en/dataspace/offers/{offer}/change/": OF_HOLDER,
    "/en/talent/cohorts/": INSIDE,
    "/en/talent/cohorts/new/": INSIDE,
    "/en/talent/cohorts/{cohort}/": (LOGIN, GONE, OK, GONE),
    "/en/talent/cohorts/{cohort}/people/most/": (LOGIN, GONE, OK, GONE),
    "/en/talent/cohorts/{cohort}/people/most.csv": (LOGIN, GONE, OK, GONE),
    "/en/rounds/orders/": INSIDE,
    "/en/rounds/{asking}/orders/{ordered}/": (LOGIN, GONE, OK, GONE),  # nobody sees those of others
    "/en/rounds/{asking}/ask/": OF_ONE,
    "/en/rounds/{round}/": OF_ONE,
    "/en/rounds/{round}/edit/": OF_ONE,
    "/en/rounds/{round}/pairs/": OF_ONE,
    "/en/rounds/{round}/pairs.csv": OF_ONE,
    "/en/rounds/{round}/without/": OF_ONE,
    "/en/talent/profile/": INSIDE,
    "/en/talent/profile/wanted/": OF_ONESELF,
    "/en/talent/profile/erase/": OF_ONESELF,
    "/en/talent/profile/skills/add/": OF_ONESELF,
    "/en/talent/profile/occupations/add/": OF_ONESELF,
    "/en/talent/profile/sharing/": OF_ONESELF,
    "/en/talent/profile/import/": OF_ONESELF,
    "/en/talent/profile/profile.jsonld": OF_ONESELF,
    "/en/talent/profile/profile.csv": OF_ONESELF,
    "/en/talent/profile/skills/{own_skill}/": OF_ONESELF,
    "/en/talent/profile/skills/{own_skill}/certificate/": OF_ONESELF,
    "/en/talent/profile/skills/{own_skill}/ask/": OF_ONESELF,
    "/en/talent/profile/skills/{own_skill}/assess/": OF_ONESELF,
    "/en/talent/profiles/": INSIDE,
    "/en/talent/profiles/{shown_profile}/": (LOGIN, OK, GONE, GONE),
    "/en/talent/profiles/{shown_profile}/files/{shown_file}/": (LOGIN, OK, GONE, GONE),
    "/en/talent/asked/": INSIDE,
    "/api/v1/skill-profile": EVERYONE,
    "/api/v1/skill-profiles": EVERYONE,
    "/api/v1/skill-profiles/{shown_profile}": (GONE, OK, GONE, GONE),
    "/en/talent/lists/": INSIDE_NOT_BUREAU,
    "/en/talent/lists/{list}/": (LOGIN, GONE, OK, GONE),
    "/en/talent/lists-about-me/": INSIDE,
    "/en/talent/lists-about-me/{shown_in}/object/": (LOGIN, OK, GONE, GONE),
    "/en/talent/oversight/": BUREAU,
    "/en/talent/oversight/bias/": BUREAU,
    "/en/talent/oversight/objections/{objection}/": BUREAU,
    "/en/talent/monitor/": EVERYONE,
    "/en/talent/monitor/monitor.csv": EVERYONE,
    "/en/talent/pilots/": INSIDE,
    "/en/talent/pilots/{pilot}/": (LOGIN, GONE, OK, OK),
    "/en/talent/pilots/{pilot}/edit/": (LOGIN, GONE, OK, OK),
    "/api/v1/learning-monitor": EVERYONE,
    "/en/bureau/kept-apart/": BUREAU,
    "/en/listings/{public}/": EVERYONE,
    "/en/listings/{inside}/": PARTICIPANTS,
    "/en/listings/{draft}/": OWNER,
    "/en/listings/{closed}/": OWNER,
    "/en/listings/renew/{renewal}/": EVERYONE,
    "/en/listings/renew/nothing/": NOTHING,
    "/en/listings/{public}/edit/": (LOGIN, NO, OK, OK),
    "/en/listings/{inside}/edit/": (LOGIN, NO, OK, OK),
    "/en/listings/{draft}/edit/": (LOGIN, GONE, OK, OK),
    "/en/listings/{draft}/delete/": (LOGIN, GONE, OK, OK),
    "/api/v1/": NOTHING,
    "/api/v1/nothing": NOTHING,
    "/api/v1/openapi.json": EVERYONE,
    "/api/v1/areas": EVERYONE,
    "/api/v1/blocks": EVERYONE,
    "/api/v1/regions": EVERYONE,
    "/api/v1/hubs": EVERYONE,
    "/api/v1/markets": EVERYONE,
    "/api/v1/organisations": EVERYONE,
    "/api/v1/organisations/voorbeeld-eigenaar": EVERYONE,
    "/api/v1/organisations/voorbeeld-eigenaar/commitments": EVERYONE,
    "/api/v1/organisations/voorbeeld-eigenaar/meeting": EVERYONE,
    "/api/v1/meeting-rules": EVERYONE,
    "/api/v1/activities/{talks}/talks": OWNER,
    "/api/v1/activities/{talks}/talks/own": OWNER,
    "/api/v1/activities/{talks}/talks/guests": OWNER,
    "/api/v1/activities/{talks}/talks/wishes": OWNER,
    "/api/v1/rounds": EVERYONE,
    "/api/v1/talent-lists": EVERYONE,
    "/api/v1/talent-lists/{list}": (GONE, GONE, OK, GONE),
    "/api/v1/talent-lists/{list}/people": (GONE, GONE, OK, GONE),
    "/api/v1/cohorts": EVERYONE,
    "/api/v1/cohorts/{cohort}": (GONE, GONE, OK, GONE),
    "/api/v1/round-orders": EVERYONE,
    "/api/v1/round-orders/{asking}/{ordered}": (GONE, GONE, OK, GONE),
    "/api/v1/rounds/{round}": BUREAUS,
    "/api/v1/rounds/{round}/pairs": BUREAUS,
    "/api/v1/rounds/{round}/without": BUREAUS,
    "/api/v1/saved-searches": EVERYONE,
    "/api/v1/saved-searches/{search}": (GONE, GONE, OK, GONE),
    "/api/v1/webhook-types": EVERYONE,
    "/api/v1/webhooks": EVERYONE,
    "/api/v1/webhooks/{hook}": (GONE, GONE, GONE, GONE),
    "/api/v1/webhooks/{hook}/deliveries": (GONE, GONE, GONE, GONE),
    "/api/v1/webhooks/{bureauhook}": (GONE, GONE, GONE, OK),
    "/api/v1/webhooks/{bureauhook}/deliveries": (GONE, GONE, GONE, OK),
    "/api/v1/kept-apart": EVERYONE,
    "/api/v1/working-groups": EVERYONE,
    "/api/v1/working-groups/voorbeeldgroep": EVERYONE,
    "/api/v1/working-groups/voorbeeldgroep/members": EVERYONE,
    "/api/v1/working-groups/voorbeeldgroep/meetings/{held}": PARTICIPANTS,
    "/api/v1/working-groups/voorbeeldgroep/meetings/{minuted}": OWNER,
    "/api/v1/working-groups/voorbeeldgroep/tasks/{task}": OWNER,
    "/api/v1/aiod/organisations": EVERYONE,
    "/api/v1/aiod/events": EVERYONE,
    "/api/v1/aiod/publications": EVERYONE,
    "/api/v1/aiod/educational-resources": EVERYONE,
    "/api/v1/activities": EVERYONE,
    "/api/v1/activities/{activity}": EVERYONE,
    "/api/v1/activities/{activity_inside}": PARTICIPANTS,
    "/api/v1/activities/{activity_draft}": OWNER,
    "/api/v1/activities/{activity}/enrolments": EVERYONE,
    "/api/v1/activities/{activity_inside}/enrolments": PARTICIPANTS,
    "/api/v1/activities/{activity_draft}/enrolments": OWNER,
    "/api/v1/activity-choices": EVERYONE,
    "/api/v1/activity-choices/{choice}": EVERYONE,
    "/api/v1/stewards": EVERYONE,
    "/api/v1/knowledge": EVERYONE,
    "/api/v1/knowledge/{known}": EVERYONE,
    "/api/v1/knowledge/{knowninside}": PARTICIPANTS,
    "/api/v1/knowledge/{knownreview}": PARTICIPANTS,
    "/api/v1/knowledge/{knowndraft}": OWNER,
    "/api/v1/listings": EVERYONE,
    "/api/v1/listings/{public}": EVERYONE,
    "/api/v1/listings/{inside}": PARTICIPANTS,
    "/api/v1/listings/{draft}": OWNER,
    "/api/v1/listings/{closed}": OWNER,
    "/api/v1/listings/{public}/matches": EVERYONE,
    "/api/v1/listings/{inside}/matches": PARTICIPANTS,
    "/api/v1/listings/{draft}/matches": OWNER,
    "/api/v1/listings/{closed}/matches": OWNER,
    "/api/v1/datasets": EVERYONE,
    "/api/v1/datasets/{shared}": EVERYONE,
    "/api/v1/datasets/{dataset}": NOTHING,
    "/api/v1/introductions": EVERYONE,
    "/api/v1/introductions/{met_asked}": OWNER,
    "/api/v1/introductions/{met_talk}": PARTICIPANTS,
    "/api/v1/introductions/{met_refused}": PARTICIPANTS,
    "/api/v1/introductions/{met_found}": OWNER,
    "/api/v1/questions": EVERYONE,
    "/api/v1/questions/{answered}": EVERYONE,
    "/api/v1/questions/{question}": OWNER,
    "/api/v1/questions/own": EVERYONE,
    "/api/v1/answer-times": EVERYONE,
    "/api/v1/matrix": EVERYONE,
    "/api/v1/taxonomies": EVERYONE,
    "/api/v1/all-datasets": EVERYONE,
    "/api/v1/occupations": EVERYONE,
    "/api/v1/occupations/starter/work/nurse": EVERYONE,
    "/api/v1/skills": EVERYONE,
    "/api/v1/skills/starter/skill/python": EVERYONE,
    "/api/v1/gaps": EVERYONE,
    "/api/v1/gaps/course": EVERYONE,
    "/api/v1/listings/{public}/helpers": EVERYONE,
    "/api/v1/listings/{inside}/helpers": PARTICIPANTS,
    "/api/v1/search": EVERYONE,
    "/api/v1/measures": (GONE, GONE, GONE, OK),
    "/api/v1/applications": EVERYONE,
    "/api/v1/applications/{application}": (GONE, GONE, GONE, OK),
    "/api/v1/organisations/voorbeeld-eigenaar/invitations": EVERYONE,
}
DOING: dict[str, Statuses] = {
    "/en/talent/profile/make/": (LOGIN, LED, LED, LED),
    "/en/talent/profile/keep/": OF_ONESELF_DONE,
    "/en/talent/profile/mend/": OF_ONESELF_DONE,
    "/en/talent/profile/erase/": (LOGIN, GONE, UNFIT, GONE),
    "/en/talent/profile/wanted/": (LOGIN, GONE, UNFIT, GONE),
    "/en/talent/profile/skills/add/": OF_ONESELF_DONE,
    "/en/talent/profile/skills/{own_skill}/remove/": OF_ONESELF_DONE,
    "/en/talent/profile/skills/{own_skill}/certificate/": (LOGIN, GONE, UNFIT, GONE),
    "/en/talent/profile/skills/{own_skill}/ask/": (LOGIN, GONE, UNFIT, GONE),
    "/en/talent/profile/skills/{own_skill}/assess/": (LOGIN, GONE, UNFIT, GONE),
    "/en/talent/profile/evidence/{own_evidence}/remove/": OF_ONESELF_DONE,
    "/en/talent/profile/occupations/add/": (LOGIN, GONE, UNFIT, GONE),
    "/en/talent/profile/occupations/{own_work}/remove/": OF_ONESELF_DONE,
    "/en/talent/profile/sharing/": (LOGIN, GONE, UNFIT, GONE),
    "/en/talent/profile/sharing/{own_consent}/end/": OF_ONESELF_DONE,
    "/en/talent/profile/import/": (LOGIN, GONE, UNFIT, GONE),
    "/en/talent/asked/{asked_skill}/confirm/": (LOGIN, LED, GONE, GONE),
    "/en/talent/asked/{asked_skill}/decline/": (LOGIN, LED, GONE, GONE),
    "/en/talent/asked/{asked_skill}/take-back/": (LOGIN, UNFIT, GONE, GONE),  # not said yet
    "/en/talent/lists/": (LOGIN, UNFIT, UNFIT, NO),
    "/en/talent/lists/{list}/figures/": (LOGIN, GONE, LED, GONE),
    "/en/talent/lists/{list}/{listed}/decide/": (LOGIN, GONE, LED, GONE),
    "/en/talent/lists-about-me/": (LOGIN, LED, LED, LED),
    "/en/talent/lists-about-me/{shown_in}/object/": (LOGIN, UNFIT, GONE, GONE),
    "/en/talent/oversight/switch/": (LOGIN, NO, NO, LED),
    "/en/talent/oversight/replay/": (LOGIN, NO, NO, LED),
    "/en/talent/oversight/bias/measure/": (LOGIN, NO, NO, LED),
    "/en/talent/oversight/objections/{objection}/": (LOGIN, NO, NO, LED),
    "/en/talent/pilots/": (LOGIN, UNFIT, UNFIT, UNFIT),
    "/en/talent/pilots/{pilot}/": (LOGIN, GONE, UNFIT, UNFIT),
    "/en/talent/pilots/{pilot}/edit/": (LOGIN, GONE, UNFIT, UNFIT),
    "/en/talent/pilots/{pilot}/remove/": (LOGIN, GONE, LED, LED),
    "/en/listings/{public}/introduce/": (LOGIN, UNFIT, LED, UNFIT),
    "/en/listings/{draft}/introduce/": (LOGIN, GONE, GONE, GONE),
    "/en/listings/{closed}/found/": (LOGIN, GONE, UNFIT, NO),
    "/en/listings/{public}/found/": (LOGIN, NO, UNFIT, NO),
    "/en/introductions/{met_asked}/parties/{party_asked}/accept/": (LOGIN, GONE, LED, NO),
    "/en/introductions/{met_asked}/parties/{party_asked}/decline/": (LOGIN, GONE, LED, NO),
    "/en/introductions/{met_talk}/parties/{party_asked}/accept/": (LOGIN, GONE, GONE, GONE),
    "/en/introductions/{met_talk}/parties/{party_talk}/take-over/": (LOGIN, NO, LED, NO),
    "/en/introductions/{met_talk}/messages/": OF_PARTIES,
    "/en/introductions/{met_asked}/messages/": (LOGIN, GONE, NO, NO),
    "/en/introductions/{met_talk}/along/": OF_PARTIES,
    "/en/introductions/{met_talk}/steps/": OF_PARTIES,
    "/en/introductions/{met_talk}/steps/{step}/tick/": (LOGIN, LED, LED, GONE),
    "/en/introductions/{met_found}/steps/{step}/tick/": (LOGIN, GONE, GONE, GONE),
    "/en/introductions/{met_talk}/steps/{step}/drop/": (LOGIN, LED, LED, GONE),
    "/en/introductions/{met_talk}/end/": OF_PARTIES,
    "/en/introductions/{met_talk}/agree/": OF_PARTIES,
    "/en/introductions/{met_asked}/withdraw/": (LOGIN, GONE, NO, NO),
    "/en/introductions/{met_found}/finish/": (LOGIN, GONE, LED, NO),
    "/en/introductions/{met_found}/lesson/": (LOGIN, GONE, LED, NO),
    "/en/introductions/{met_found}/share/": (LOGIN, GONE, LED, NO),
    "/en/bureau/coalition/": (LOGIN, NO, NO, UNFIT),
    "/en/bureau/export/": BUREAU,
    "/en/bureau/import/participants/": (LOGIN, NO, NO, UNFIT),
    "/en/bureau/import/participants/00000000-0000-0000-0000-000000000000/": (
        LOGIN,
        GONE,
        GONE,
        GONE,
    ),
    "/en/bureau/import/participants/00000000-0000-0000-0000-000000000000/undo/": (
        LOGIN,
        GONE,
        GONE,
        GONE,
    ),
    "/en/bureau/import/people/": (LOGIN, NO, NO, UNFIT),
    "/en/bureau/import/people/00000000-0000-0000-0000-000000000000/": (LOGIN, GONE, GONE, GONE),
    "/en/bureau/import/people/00000000-0000-0000-0000-000000000000/undo/": (
        LOGIN,
        GONE,
        GONE,
        GONE,
    ),
    "/en/organisations/voorbeeld-eigenaar/edit/": (LOGIN, NO, UNFIT, UNFIT),
    "/en/organisations/voorbeeld-eigenaar/confirm/": (LOGIN, NO, LED, LED),
    "/en/organisations/voorbeeld-eigenaar/suspend/": (LOGIN, NO, NO, LED),
    "/en/organisations/voorbeeld-eigenaar/commitments/edit/": (LOGIN, NO, UNFIT, UNFIT),
    "/en/organisations/voorbeeld-eigenaar/commitments/hours/new/": (LOGIN, NO, UNFIT, UNFIT),
    "/en/organisations/voorbeeld-eigenaar/commitments/brought/{brought}/take-back/": (
        LOGIN,
        NO,
        LED,
        LED,
    ),
    "/en/organisations/voorbeeld-eigenaar/people/": (LOGIN, NO, NO, UNFIT),
    "/en/organisations/voorbeeld-eigenaar/people/me/": (LOGIN, GONE, LED, GONE),
    "/en/organisations/voorbeeld-eigenaar/people/{membership}/role/": (LOGIN, NO, NO, LED),
    "/en/organisations/voorbeeld-eigenaar/people/{membership}/end/": (LOGIN, NO, LED, LED),
    "/en/organisations/voorbeeld-eigenaar/people/{joining}/withdraw/": (LOGIN, NO, NO, LED),
    "/en/organisations/voorbeeld-eigenaar/ask/": (UNFIT, UNFIT, UNFIT, UNFIT),
    "/en/organisations/voorbeeld-eigenaar/webhooks/": OF_MANAGER,
    "/en/bureau/webhooks/": (LOGIN, NO, NO, UNFIT),
    "/en/dataspace/datasets/{dataset}/source/": OF_MANAGER_ALONE,
    "/en/webhooks/{hook}/": (LOGIN, GONE, GONE, GONE),
    "/en/webhooks/{hook}/pause/": (LOGIN, GONE, GONE, GONE),
    "/en/webhooks/{hook}/test/": (LOGIN, GONE, GONE, GONE),
    "/en/webhooks/{hook}/secret/": (LOGIN, GONE, GONE, GONE),
    "/en/webhooks/{hook}/remove/": (LOGIN, GONE, GONE, GONE),
    "/en/webhooks/{hook}/deliveries/{hook_sent}/again/": (LOGIN, GONE, GONE, GONE),
    "/en/webhooks/{hook}/deliveries/{bureauhook_sent}/again/": (LOGIN, GONE, GONE, GONE),
    "/en/webhooks/{bureauhook}/": (LOGIN, GONE, GONE, UNFIT),
    "/en/dataspace/catalogues/voorbeeld-eigenaar/dataset/": OF_DEALER,
    "/en/dataspace/negotiations/{negotiation}/agreement/": OF_DEALER,
    "/en/dataspace/negotiations/{negotiation}/termination/": OF_DEALER,
    "/en/dataspace/negotiations/{negotiation}/again/": OF_DEALER,
    "/en/dataspace/negotiations/{got}/transfer/": OF_DEALER,
    "/en/dataspace/transfers/{transfer}/suspension/": OF_DEALER,
    "/en/dataspace/transfers/{transfer}/again/": OF_DEALER,
    "/en/dataspace/transfers/{transfer}/fetch/": OF_DEALER,
    "/en/dataspace/transfers/{transfer}/data/remove/": OF_DEALER,
    "/en/webhooks/{bureauhook}/pause/": (LOGIN, GONE, GONE, LED),
    "/en/webhooks/{bureauhook}/secret/": (LOGIN, GONE, GONE, OK),
    "/en/bureau/meeting-rules/": (LOGIN, NO, NO, UNFIT),
    "/en/activities/{talks}/talks/settings/": (LOGIN, NO, NO, UNFIT),
    "/en/activities/{talks}/talks/compute/": (LOGIN, GONE, NO, LED),
    "/en/activities/{talks}/talks/mine/times/": (LOGIN, GONE, UNFIT, GONE),  # there is a talk then
    "/en/activities/{talks}/talks/mine/join/": (LOGIN, GONE, LED, NO),
    "/en/activities/{talks}/talks/mine/want/": (LOGIN, GONE, GONE, GONE),  # nobody said whom
    "/en/rounds/new/": (LOGIN, NO, NO, UNFIT),
    "/en/dataspace/datasets/new/": (LOGIN, LED, LED, LED),
    "/en/dataspace/datasets/{shared}/edit/": OF_MANAGER,
    "/en/dataspace/datasets/{shared}/withdraw/": OF_MANAGER,
    **{f"/en/dataspace/datasets/{{dataset}}/{each}/": OF_MANAGER_ALONE for each in OF_DATASET},
    "/en/dataspace/connectors/voorbeeld-eigenaar/": OF_MANAGER,
    **{f"/en/dataspace/connectors/voorbeeld-eigenaar/{each}/": OF_MANAGER for each in OF_CONNECTOR},
    "/en/dataspace/agreements/{agreement}/sign/": OF_HOLDER,
    "/en/dataspace/agreements/{agreement}/withdraw/": OF_HOLDER,
    "/en/dataspace/agreements/{agreement}/end/": OF_HOLDER,
    "/en/dataspace/agreements/{agreement}/renew/": OF_HOLDER,
    "/en/dataspace/datasets/{dataset}/terms/new/": OF_HOLDER,
    "/en/dataspace/datasets/{dataset}/canvas/": OF_HOLDER,
    "/en/dataspace/datasets/{dataset}/canvas/summary/": OF_HOLDER,
    "/en/dataspace/datasets/{dataset}/canvas/owner/": OF_HOLDER,
    "/en/dataspace/offers/{offer}/change/": OF_HOLDER,
    "/en/dataspace/offers/{offer}/close/": OF_HOLDER,
    "/en/talent/cohorts/new/": (LOGIN, UNFIT, UNFIT, UNFIT),
    "/en/talent/cohorts/{cohort}/compute/": (LOGIN, GONE, LED, GONE),
    "/en/talent/cohorts/{cohort}/remove/": (LOGIN, GONE, LED, GONE),
    "/en/rounds/{asking}/ask/": (LOGIN, GONE, GONE, UNFIT),
    "/en/rounds/{asking}/orders/{ordered}/": (LOGIN, GONE, LED, GONE),
    "/en/rounds/{round}/edit/": (LOGIN, GONE, GONE, UNFIT),
    "/en/rounds/{round}/rule/": (LOGIN, GONE, GONE, GONE),  # of which listings nobody said
    "/en/rounds/{round}/approve/": (LOGIN, GONE, GONE, LED),
    "/en/rounds/{round}/drop/": (LOGIN, GONE, GONE, LED),
    "/en/bureau/kept-apart/": (LOGIN, NO, NO, UNFIT),
    "/en/bureau/kept-apart/{kept}/end/": (LOGIN, NO, NO, LED),
    "/en/bureau/meeting-rules/{rule}/drop/": (LOGIN, NO, NO, LED),
    "/en/organisations/voorbeeld-eigenaar/embed/": (LOGIN, NO, NO, UNFIT),
    "/en/organisations/voorbeeld-eigenaar/embed/{place}/end/": (LOGIN, NO, NO, LED),
    "/en/organisations/voorbeeld-eigenaar/meeting/pause/": OF_MANAGER,
    "/en/organisations/voorbeeld-eigenaar/meeting/resume/": OF_MANAGER,
    "/en/organisations/voorbeeld-eigenaar/meeting/never/": OF_MANAGER,
    "/en/organisations/voorbeeld-eigenaar/meeting/never/{avoided}/drop/": OF_MANAGER,
    "/en/organisations/voorbeeld-eigenaar/people/{membership}/hand-over/": (
        LOGIN,
        NO,
        UNFIT,
        UNFIT,
    ),
    "/en/invitations/{invited}/refuse/": (LED, LED, LED, LED),
    "/en/join/": (UNFIT, UNFIT, UNFIT, UNFIT),
    "/en/join/{key}/withdraw/": (LED, LED, LED, LED),
    "/en/questions/ask/": (UNFIT, UNFIT, UNFIT, UNFIT),
    "/en/questions/{question}/route/": (LOGIN, GONE, NO, UNFIT),
    "/en/questions/{question}/answer/": (LOGIN, GONE, UNFIT, UNFIT),
    "/en/questions/{question}/pass-on/": (LOGIN, GONE, UNFIT, NO),
    "/en/questions/{question}/decline/": (LOGIN, GONE, NO, UNFIT),
    "/en/questions/{answered}/thank/": (NO, NO, NO, NO),
    "/en/questions/{answered}/hide/": (NO, NO, NO, LED),
    "/en/questions/{answered}/replies/{reply}/mark/": (NO, NO, NO, NO),
    "/en/questions/{answered}/replies/{reply}/share/": (LOGIN, NO, LED, LED),
    "/en/questions/own/{own}/confirm/": (LED, LED, LED, LED),
    "/en/questions/own/nothing/replies/1/mark/": NOTHING,
    "/en/groups/new/": (LOGIN, UNFIT, UNFIT, UNFIT),
    "/en/groups/voorbeeldgroep/edit/": (LOGIN, NO, NO, UNFIT),
    "/en/groups/voorbeeldgroep/rest/": (LOGIN, NO, NO, LED),
    "/en/groups/voorbeeldgroep/members/": (LOGIN, NO, NO, UNFIT),
    "/en/groups/voorbeeldgroep/members/join/": (LOGIN, LED, LED, LED),
    "/en/groups/voorbeeldgroep/members/{asked_in}/accept/": (LOGIN, LED, GONE, NO),
    "/en/groups/voorbeeldgroep/members/{in_group}/leave/": (LOGIN, GONE, LED, NO),
    "/en/groups/voorbeeldgroep/members/{in_group}/role/": (LOGIN, NO, NO, LED),
    "/en/groups/voorbeeldgroep/meetings/new/": (LOGIN, NO, NO, UNFIT),
    "/en/groups/voorbeeldgroep/meetings/{minuted}/edit/": (LOGIN, NO, NO, UNFIT),
    "/en/groups/voorbeeldgroep/meetings/{minuted}/minutes/": (LOGIN, NO, NO, UNFIT),
    "/en/groups/voorbeeldgroep/meetings/{minuted}/adopt/": (LOGIN, NO, NO, LED),
    "/en/groups/voorbeeldgroep/decisions/new/": (LOGIN, NO, NO, UNFIT),
    "/en/groups/voorbeeldgroep/decisions/{decision}/revoke/": (LOGIN, NO, NO, LED),
    "/en/groups/voorbeeldgroep/calendar/": OF_OWNER,
    "/en/groups/voorbeeldgroep/calendar/remove/": (LOGIN, NO, LED, LED),
    "/en/groups/voorbeeldgroep/tasks/new/": (LOGIN, NO, UNFIT, UNFIT),
    "/en/groups/voorbeeldgroep/tasks/{task}/edit/": (LOGIN, NO, UNFIT, UNFIT),
    "/en/groups/voorbeeldgroep/tasks/{task}/finish/": (LOGIN, NO, LED, LED),
    "/en/bureau/stewards/": (LOGIN, NO, NO, UNFIT),
    "/en/stewards/{steward}/stop/": (LOGIN, GONE, LED, LED),
    "/en/stewards/{steward}/address/": (LOGIN, GONE, LED, NO),
    "/en/activities/import/": (LOGIN, UNFIT, UNFIT, UNFIT),
    "/en/activities/import/00000000-0000-0000-0000-000000000000/": (LOGIN, GONE, GONE, GONE),
    "/en/activities/import/00000000-0000-0000-0000-000000000000/undo/": (LOGIN, GONE, GONE, GONE),
    "/en/knowledge/import/": (LOGIN, UNFIT, UNFIT, UNFIT),
    "/en/knowledge/import/00000000-0000-0000-0000-000000000000/": (LOGIN, GONE, GONE, GONE),
    "/en/knowledge/import/00000000-0000-0000-0000-000000000000/undo/": (LOGIN, GONE, GONE, GONE),
    "/en/activities/new/": (LOGIN, UNFIT, UNFIT, UNFIT),
    "/en/activities/calendar/": INSIDE,
    "/en/activities/calendar/remove/": (LOGIN, LED, LED, LED),
    "/en/activities/{activity}/edit/": (LOGIN, NO, UNFIT, UNFIT),
    "/en/activities/{activity}/cancel/": (LOGIN, NO, LED, LED),
    "/en/activities/{activity}/repeat/": (LOGIN, NO, UNFIT, UNFIT),
    "/en/activities/{activity}/outcome/": (LOGIN, NO, UNFIT, UNFIT),
    "/en/activities/{activity}/choice/": (LOGIN, NO, UNFIT, UNFIT),
    "/en/activities/{activity}/delete/": (LOGIN, NO, LED, LED),
    "/en/activities/{activity}/hold/": (LOGIN, NO, LED, LED),
    "/en/activities/{activity_draft}/announce/": (LOGIN, GONE, LED, LED),
    "/en/activities/{activity_draft}/edit/": (LOGIN, GONE, UNFIT, UNFIT),
    "/en/activities/{activity}/register/": (LOGIN, LED, LED, LED),
    "/en/activities/{activity_inside}/register/": (LOGIN, LED, LED, LED),
    "/en/activities/{activity}/place/withdraw/": (LOGIN, GONE, LED, GONE),
    "/en/activities/{activity}/enrolments/": (LOGIN, NO, UNFIT, UNFIT),
    "/en/activities/{activity}/enrolments/attendance/": (LOGIN, NO, LED, LED),
    "/en/activities/{activity}/enrolments/{enrolment}/grant/": (LOGIN, NO, LED, LED),
    "/en/activities/{activity}/enrolments/{enrolment}/decline/": (LOGIN, NO, LED, LED),
    "/en/choices/{choice}/order/": (LOGIN, LED, LED, LED),
    "/en/choices/{choice}/divide/": (LOGIN, NO, LED, LED),
    "/en/bureau/merge/": BUREAU,
    "/en/bureau/participants/chosen/": (LOGIN, NO, NO, LED),
    "/en/bureau/applications/chosen/": (LOGIN, NO, NO, LED),
    "/en/bureau/listings/chosen/": (LOGIN, NO, NO, LED),
    "/en/bureau/deeds/{bulk}/undo/": (LOGIN, NO, NO, LED),
    "/en/bureau/letters/{mailing}/edit/": (LOGIN, NO, NO, UNFIT),
    "/en/bureau/letters/{mailing}/delete/": (LOGIN, NO, NO, LED),
    "/en/bureau/letters/{mailing}/send/": (LOGIN, NO, NO, LED),
    "/en/bureau/letters/{mailing}/stop/": (LOGIN, NO, NO, LED),
    "/en/bureau/notes/voorbeeld-eigenaar/": (LOGIN, NO, NO, UNFIT),
    "/en/bureau/notes/{note}/finish/": (LOGIN, NO, NO, LED),
    "/en/bureau/notes/{note}/delete/": (LOGIN, NO, NO, LED),
    "/en/bureau/applications/{application}/admit/": (LOGIN, NO, NO, LED),
    "/en/bureau/applications/{application}/decline/": (LOGIN, NO, NO, UNFIT),
    "/": (LED, LED, LED, LED),
    "/en/account/tokens/": (LOGIN, UNFIT, UNFIT, UNFIT),
    "/en/account/tokens/{token}/end/": (LOGIN, GONE, LED, GONE),
    "/en/account/searches/new/": (LOGIN, UNFIT, UNFIT, UNFIT),
    "/en/account/searches/{search}/edit/": (LOGIN, GONE, UNFIT, GONE),
    "/en/account/searches/{search}/delete/": (LOGIN, GONE, LED, GONE),
    "/en/account/email/": (LOGIN, UNFIT, UNFIT, UNFIT),
    "/en/account/settings/language/": (LOGIN, UNFIT, UNFIT, UNFIT),
    "/en/account/letters/": (LOGIN, UNFIT, UNFIT, UNFIT),
    "/en/account/address-works/": CONFIRMED,
    "/en/account/close/": CONFIRMED,
    "/en/account/confirm/": INSIDE,
    "/en/account/two-step/code/": CONFIRMED,
    "/en/account/two-step/confirm/": CONFIRMED,
    "/en/account/two-step/app/": CONFIRMED,
    "/en/account/two-step/app/remove/": NO_STEP,
    "/en/account/two-step/recovery/new/": CONFIRMED,
    "/en/account/two-step/passkeys/add/": CONFIRMED,
    "/en/account/two-step/passkeys/1/": CONFIRMED,
    "/en/account/two-step/passkeys/1/remove/": CONFIRMED,
    "/en/account/two-step/passkeys/confirm/": CONFIRMED,
    "/en/account/login/passkey/": CONFIRMED,
    "/en/account/elsewhere/": CONFIRMED,
    "/en/account/elsewhere/nowhere/": NOTHING,
    "/en/letters/stop/{stop}/": EVERYONE,
    "/en/account/email/x/": (LOGIN, LED, LED, LED),
    "/en/account/login/": OUTSIDE,
    "/en/account/logout/": (LED, LED, LED, LED),
    "/en/account/signup/": OUTSIDE,
    "/en/account/password/change/": INSIDE,
    "/en/account/password/reset/": EVERYONE,
    "/en/account/password/reset/key/1-x/": EVERYONE,
    "/en/listings/import/": (LOGIN, UNFIT, UNFIT, UNFIT),
    "/en/listings/import/{sheet}/": (LOGIN, GONE, GONE, LED),
    "/en/listings/import/{sheet}/undo/": (LOGIN, GONE, GONE, LED),
    "/en/listings/new/need/teaching/": (LOGIN, UNFIT, UNFIT, UNFIT),
    "/en/knowledge/new/": (LOGIN, UNFIT, UNFIT, UNFIT),
    "/en/knowledge/{known}/edit/": (LOGIN, NO, UNFIT, UNFIT),
    "/en/knowledge/{knowndraft}/edit/": (LOGIN, GONE, UNFIT, UNFIT),
    "/en/knowledge/{knowndraft}/delete/": (LOGIN, GONE, LED, LED),
    "/en/knowledge/{known}/confirm/": (LOGIN, NO, LED, LED),
    "/en/knowledge/{known}/outdate/": (LOGIN, NO, LED, LED),
    "/en/knowledge/{knowninside}/withdraw/": (LOGIN, NO, LED, LED),
    "/en/knowledge/{known}/age/": (LOGIN, NO, NO, NO),
    "/en/knowledge/{knowndraft}/submit/": (LOGIN, GONE, LED, LED),
    "/en/knowledge/{knowndraft}/publish/": (LOGIN, GONE, LED, LED),
    "/en/knowledge/{knownreview}/retract/": (LOGIN, NO, LED, LED),
    "/en/knowledge/{knownreview}/reviewers/": (LOGIN, NO, UNFIT, UNFIT),
    "/en/knowledge/{knownreview}/reviews/new/": (LOGIN, UNFIT, NO, NO),
    "/en/knowledge/{knowndraft}/reviews/new/": (LOGIN, GONE, NO, NO),
    "/en/knowledge/{knownreview}/reviews/{asked}/decline/": (LOGIN, LED, GONE, GONE),
    "/en/knowledge/{known}/uses/new/": (LOGIN, UNFIT, NO, NO),
    "/en/knowledge/{known}/uses/{use}/take-back/": (LOGIN, LED, GONE, GONE),
    "/en/knowledge/{known}/files/": (LOGIN, NO, UNFIT, UNFIT),
    "/en/knowledge/{knowninside}/files/{file}/remove/": (LOGIN, NO, LED, LED),
    "/en/listings/{public}/edit/": (LOGIN, NO, UNFIT, UNFIT),
    "/en/listings/{inside}/edit/": (LOGIN, NO, UNFIT, UNFIT),
    "/en/listings/{draft}/edit/": (LOGIN, GONE, UNFIT, UNFIT),
    "/en/listings/{public}/close/": (LOGIN, NO, LED, LED),
    "/en/listings/{public}/renew/": (LOGIN, NO, LED, LED),
    "/en/listings/renew/{renewal}/": (LED, LED, LED, LED),
    "/en/listings/{public}/settle/": (LOGIN, NO, LED, LED),
    "/en/listings/{public}/withdraw/": (LOGIN, NO, LED, LED),
    "/en/listings/{inside}/close/": (LOGIN, NO, LED, LED),
    "/en/listings/{draft}/publish/": (LOGIN, GONE, LED, LED),
    "/en/listings/{closed}/publish/": (LOGIN, GONE, LED, LED),
    "/en/listings/{closed}/reopen/": (LOGIN, GONE, LED, LED),
    "/en/listings/{public}/expire/": (LOGIN, NO, NO, NO),
    "/en/listings/{draft}/delete/": (LOGIN, GONE, LED, LED),
    "/en/listings/{public}/matches/{closed}/grade/": (LOGIN, GONE, GONE, GONE),
    "/en/listings/{public}/matches/{partner}/grade/": (LOGIN, NO, LED, LED),
    "/en/listings/{public}/matches/{draft}/grade/": (LOGIN, GONE, LED, LED),
    "/en/grading/": BUREAU,
    "/en/grading/start/": (LOGIN, NO, NO, LED),
    "/en/weights/learn/": (LOGIN, NO, NO, LED),
    "/en/weights/1/adopt/": (LOGIN, NO, NO, LED),
    "/en/weights/1/revoke/": (LOGIN, NO, NO, LED),
    "/en/talent/road/": (UNFIT, UNFIT, UNFIT, UNFIT),
    "/en/dataspace/sources/": (LOGIN, NO, NO, UNFIT),
    "/en/dataspace/sources/{portal}/read/": (LOGIN, NO, NO, LED),
    "/en/dataspace/sources/{portal}/remove/": (LOGIN, NO, NO, LED),
    "/en/talent/taxonomies/": (LOGIN, NO, NO, UNFIT),
    "/en/talent/taxonomies/{taxonomy_beside}/use/": (LOGIN, NO, NO, LED),
    "/en/talent/taxonomies/{taxonomy_beside}/redirect/": (LOGIN, NO, NO, LED),
    "/en/talent/taxonomies/{taxonomy_beside}/remove/": (LOGIN, NO, NO, LED),
    "/en/talent/figures/": (LOGIN, NO, NO, UNFIT),
    "/en/talent/own/new/": BUREAU,
    "/en/talent/own/{added_skill}/edit/": BUREAU,
    "/en/talent/own/{added_skill}/remove/": (LOGIN, NO, NO, LED),
    "/en/talent/courses/": (LOGIN, NO, NO, UNFIT),
    "/en/talent/courses/new/": (LOGIN, NO, NO, UNFIT),
    "/en/talent/courses/{course}/edit/": (LOGIN, NO, NO, UNFIT),
    "/en/talent/courses/{course}/end/": (LOGIN, NO, NO, LED),
    "/en/talent/courses/{course}/reopen/": (LOGIN, NO, NO, LED),
    "/en/talent/courses/{course}/undo/": (LOGIN, NO, NO, LED),
    "/en/concepts/add/": BUREAU,
    "/en/concepts/heron/edit/": BUREAU,
    "/en/concepts/heron/remove/": (LOGIN, NO, NO, LED),
    "/en/concepts/heron/restore/": (LOGIN, NO, NO, LED),
}
NONE, MADE, DONE, CLASH = 401, 201, 204, 409
_EIGENAAR = "/organisations/voorbeeld-eigenaar"
_SOON = (timezone.localdate() + timedelta(days=9)).isoformat()
_GROEP = "/working-groups/voorbeeldgroep"
_HELD = {
    "organisation": "voorbeeld-eigenaar", "kind": "workshop", "title": "x", "text": "x",
    "startsAt": "2030-03-15T14:00+01:00", "endsAt": "2030-03-15T16:00+01:00",
}  # fmt: skip
_KNOWN = {"organisation": "voorbeeld-eigenaar", "kind": "practice", "title": "x"}
WRITING: dict[str, tuple[Statuses, dict[str, Any]]] = {
    "DELETE /skill-profile": ((NONE, DONE, DONE, DONE), {}),
    "POST /skill-profile/skills": (
        (NONE, MADE, MADE, MADE),
        {"uri": "urn:katalysator:starter/skill/python"},
    ),
    "DELETE /skill-profile/skills/{own_skill}": ((NONE, GONE, DONE, GONE), {}),
    "POST /skill-profile/occupations": (
        (NONE, MADE, MADE, MADE),
        {"uri": "urn:katalysator:starter/work/nurse"},
    ),
    "DELETE /skill-profile/occupations/{own_work}": ((NONE, GONE, DONE, GONE), {}),
    "PUT /skill-profile/wanted": ((NONE, OK, OK, OK), {"hours": 8}),
    "POST /skill-profile/consents": (
        (NONE, UNFIT, UNFIT, UNFIT),
        {"to": "bureau", "purpose": "job", "parts": ["skills"], "until": "2001-01-01"},
    ),
    "DELETE /skill-profile/consents/{own_consent}": ((NONE, GONE, DONE, GONE), {}),
    "POST /talent-lists": (
        (NONE, UNFIT, UNFIT, UNFIT),
        {
            "organisation": "bestaat-niet",
            "purpose": "job",
            "opening": "Iemand gezocht",
            "occupation": "x",
        },
    ),
    "POST /talent-lists/{list}/figures": ((NONE, GONE, OK, GONE), {}),
    "POST /learning-pilots/{pilot}/stages": (
        (NONE, GONE, MADE, MADE),
        {"stages": [{"key": "1", "stage": "reached", "on": "2026-03-02"}]},
    ),
    "POST /listings": (
        (NONE, NO, MADE, MADE),
        {"organisation": "voorbeeld-eigenaar", "kind": "need", "market": "expertise", "title": "x"},
    ),
    "PATCH /listings/{public}": ((NONE, NO, OK, OK), {"title": "Gekaapt"}),
    "PATCH /listings/{inside}": ((NONE, NO, OK, OK), {"title": "Gekaapt"}),
    "PATCH /listings/{draft}": ((NONE, GONE, OK, OK), {"title": "Gekaapt"}),
    "DELETE /listings/{draft}": ((NONE, GONE, DONE, DONE), {}),
    "POST /listings/{public}/deeds": ((NONE, NO, OK, OK), {"deed": "close"}),
    "POST /listings/{draft}/deeds": ((NONE, GONE, OK, OK), {"deed": "publish"}),
    "PUT /listings/{public}/matches/{partner}/grade": ((NONE, NO, OK, OK), {"value": 2}),
    "DELETE /listings/{public}/matches/{partner}/grade": ((NONE, NO, DONE, CLASH), {}),
    f"PATCH {_EIGENAAR}": ((NONE, NO, OK, OK), {"city": "Gouda"}),
    f"POST {_EIGENAAR}/confirmations": ((NONE, NO, OK, OK), {}),
    f"POST {_EIGENAAR}/deeds": ((NONE, NO, NO, OK), {"deed": "suspend"}),
    f"PUT {_EIGENAAR}/commitments": ((NONE, NO, OK, OK), {"promises": {"hours": {"amount": 4}}}),
    f"POST {_EIGENAAR}/commitments/hours/contributions": (
        (NONE, NO, MADE, MADE),
        {"on": "2026-03-02", "what": "x", "amount": 1},
    ),
    f"DELETE {_EIGENAAR}/commitments/hours/contributions/{{brought}}": ((NONE, NO, DONE, DONE), {}),
    f"PUT {_EIGENAAR}/meeting/pause": ((NONE, NO, NO, NO), {"until": "2030-01-01"}),
    f"DELETE {_EIGENAAR}/meeting/pause": ((NONE, NO, NO, NO), {}),
    f"PUT {_EIGENAAR}/meeting/never/{{peer}}": ((NONE, NO, NO, NO), {}),
    f"DELETE {_EIGENAAR}/meeting/never/{{peer}}": ((NONE, NO, NO, NO), {}),
    "POST /rounds": ((NONE, NO, NO, MADE), {"name": "x", "market": "expertise"}),
    "POST /activities/{activity}/talks": (
        (NONE, NO, NO, MADE),
        {"slots": 1, "rooms": [{"name": "x", "tables": 1}]},
    ),
    "PATCH /activities/{talks}/talks": ((NONE, GONE, NO, OK), {"slots": 1}),
    "POST /activities/{talks}/talks/deeds": ((NONE, GONE, NO, OK), {"deed": "compute"}),
    "PUT /activities/{talks}/talks/own": ((NONE, GONE, OK, NO), {}),
    "DELETE /activities/{talks}/talks/own": ((NONE, GONE, DONE, NO), {}),
    "POST /activities/{talks}/talks/own/{talk}/deeds": (
        (NONE, GONE, OK, GONE),
        {"deed": "call-off"},
    ),
    "POST /activities/{talks}/talks/wishes": ((NONE, GONE, CLASH, NO), {"guest": "{guest}"}),
    "PUT /activities/{talks}/talks/wishes/{wish}/answer": (
        (NONE, GONE, OK, GONE),
        {"answer": "yes"},
    ),
    "DELETE /activities/{talks}/talks/wishes/{wish}": ((NONE, GONE, NO, GONE), {}),
    "PATCH /rounds/{round}": ((NONE, GONE, GONE, OK), {"name": "x"}),
    "POST /rounds/{round}/deeds": ((NONE, GONE, GONE, OK), {"deed": "drop"}),
    "POST /rounds/{asking}/ask": ((NONE, GONE, GONE, OK), {"until": _SOON}),
    "PUT /round-orders/{asking}/{ordered}": ((NONE, GONE, OK, GONE), {"order": []}),
    "POST /rounds/{round}/rulings": (
        (NONE, GONE, GONE, OK),
        {"need": "{public}", "offer": "{partner}", "ruling": "free"},
    ),
    "POST /meeting-rules": ((NONE, NO, NO, MADE), {"asking": "sme", "asked": "investor"}),
    "DELETE /meeting-rules/{rule}": ((NONE, GONE, GONE, DONE), {}),
    "POST /saved-searches": ((NONE, MADE, MADE, MADE), {"name": "x"}),
    "PATCH /saved-searches/{search}": ((NONE, GONE, OK, GONE), {"name": "x"}),
    "DELETE /saved-searches/{search}": ((NONE, GONE, DONE, GONE), {}),
    "POST /webhooks": (
        (NONE, NO, NO, NO),
        {
            "organisation": "voorbeeld-eigenaar",
            "name": "x",
            "address": "https://x.example/",
            "types": ["listing.opened"],
        },
    ),
    **{
        f"{deed}{{{name}}}{rest}": ((NONE, GONE, GONE, may), said)
        for name, is_own in (("hook", False), ("bureauhook", True))
        for deed, rest, said, done in (
            ("PATCH /webhooks/", "", {"name": "x"}, OK),
            ("DELETE /webhooks/", "", {}, DONE),
            ("POST /webhooks/", "/deeds", {"deed": "pause"}, OK),
            ("POST /webhooks/", "/secrets", {}, MADE),
            ("POST /webhooks/", "/tests", {}, MADE),
            ("POST /webhooks/", f"/deliveries/{{{name}_sent}}/tries", {}, MADE),
        )
        for may in [done if is_own else GONE]
    },
    "POST /kept-apart": (
        (NONE, NO, NO, UNFIT),
        {
            "organisation": "voorbeeld-eigenaar",
            "other": "voorbeeld-eigenaar",
            "until": "2030-01-01",
        },
    ),
    "DELETE /kept-apart/{kept}": ((NONE, GONE, GONE, DONE), {}),
    f"POST {_EIGENAAR}/invitations": ((NONE, NO, NO, MADE), {"email": "x@voorbeeld.example"}),
    f"POST {_EIGENAAR}/invitations/{{joining}}/deeds": (
        (NONE, GONE, GONE, OK),
        {"deed": "withdraw"},
    ),
    "POST /applications/{application}/deeds": (
        (NONE, GONE, GONE, OK),
        {"deed": "decline", "reason": "x"},
    ),
    "POST /activities": ((NONE, NO, MADE, MADE), _HELD),
    "PATCH /activities/{activity}": ((NONE, NO, OK, OK), {"title": "Gekaapt"}),
    "PATCH /activities/{activity_draft}": ((NONE, GONE, OK, OK), {"title": "Gekaapt"}),
    "DELETE /activities/{activity_draft}": ((NONE, GONE, DONE, DONE), {}),
    "POST /activities/{activity}/deeds": ((NONE, NO, OK, OK), {"deed": "cancel"}),
    "POST /activities/{activity_draft}/deeds": ((NONE, GONE, OK, OK), {"deed": "announce"}),
    "PUT /activities/{activity}/outcome": ((NONE, NO, CLASH, CLASH), {"outcome": "x"}),
    "POST /activities/{activity}/repetitions": (
        (NONE, NO, MADE, MADE),
        {"rhythm": "weekly", "times": 1},
    ),
    "POST /activities/{activity}/enrolments": ((NONE, MADE, CLASH, MADE), {}),
    "POST /activities/{activity_draft}/enrolments": ((NONE, GONE, CLASH, CLASH), {}),
    "POST /activities/{activity}/enrolments/{enrolment}/deeds": (
        (NONE, GONE, OK, OK),
        {"deed": "grant"},
    ),
    "POST /activities/{activity}/invitations": (
        (NONE, NO, MADE, MADE),
        {"organisation": "voorbeeld-eigenaar"},
    ),
    "PUT /activities/{activity}/attendance": ((NONE, NO, CLASH, CLASH), {"present": [1]}),
    "POST /working-groups": ((NONE, MADE, MADE, MADE), {"name": "x", "blocks": ["data"]}),
    f"PATCH {_GROEP}": ((NONE, NO, NO, OK), {"name": "Gekaapt"}),
    f"POST {_GROEP}/deeds": ((NONE, NO, NO, OK), {"deed": "rest"}),
    f"POST {_GROEP}/members": ((NONE, CLASH, CLASH, MADE), {}),
    f"POST {_GROEP}/invitations": ((NONE, NO, NO, UNFIT), {"email": "x@voorbeeld.example"}),
    f"POST {_GROEP}/members/{{in_group}}/deeds": ((NONE, GONE, OK, NO), {"deed": "leave"}),
    f"POST {_GROEP}/members/{{asked_in}}/deeds": ((NONE, OK, GONE, NO), {"deed": "accept"}),
    f"PUT {_GROEP}/members/{{in_group}}/role": ((NONE, GONE, NO, OK), {"role": "secretary"}),
    f"POST {_GROEP}/meetings": ((NONE, NO, NO, MADE), {"startsAt": "2030-03-15T14:00Z"}),
    f"PATCH {_GROEP}/meetings/{{held}}": ((NONE, NO, NO, OK), {"place": "Gekaapt"}),
    f"PATCH {_GROEP}/meetings/{{minuted}}": ((NONE, GONE, NO, OK), {"place": "Gekaapt"}),
    f"PUT {_GROEP}/meetings/{{minuted}}/minutes": ((NONE, GONE, NO, OK), {"minutes": "Gekaapt"}),
    f"POST {_GROEP}/meetings/{{minuted}}/deeds": ((NONE, GONE, NO, OK), {"deed": "adopt"}),
    f"POST {_GROEP}/decisions": ((NONE, NO, NO, MADE), {"text": "x", "on": "2026-03-02"}),
    f"POST {_GROEP}/decisions/{{decision}}/deeds": ((NONE, NO, NO, OK), {"deed": "revoke"}),
    f"POST {_GROEP}/tasks": ((NONE, NO, MADE, MADE), {"what": "x"}),
    f"PATCH {_GROEP}/tasks/{{task}}": ((NONE, GONE, OK, OK), {"what": "Gekaapt"}),
    f"POST {_GROEP}/tasks/{{task}}/deeds": ((NONE, GONE, OK, OK), {"deed": "finish"}),
    # of who manages it alone: the bureau does not see it
    "POST /datasets": (
        (NONE, UNFIT, UNFIT, UNFIT),
        {"organisation": "voorbeeld-eigenaar", "title": "x"},
    ),
    "PATCH /datasets/{shared}": ((NONE, NO, NO, NO), {"title": "Gekaapt"}),
    "PATCH /datasets/{dataset}": ((NONE, GONE, GONE, GONE), {"title": "Gekaapt"}),
    "DELETE /datasets/{dataset}": ((NONE, GONE, GONE, GONE), {}),
    "POST /datasets/{shared}/deeds": ((NONE, NO, NO, NO), {"deed": "withdraw"}),
    "POST /datasets/{shared}/versions": (
        (NONE, NO, NO, NO),
        {"file": SimpleUploadedFile("x.csv", b"a\n1\n")},
    ),
    "POST /knowledge": ((NONE, NO, MADE, MADE), _KNOWN),
    "PATCH /knowledge/{known}": ((NONE, NO, OK, OK), {"title": "Gekaapt"}),
    "PATCH /knowledge/{knowndraft}": ((NONE, GONE, OK, OK), {"title": "Gekaapt"}),
    "DELETE /knowledge/{knowndraft}": ((NONE, GONE, DONE, DONE), {}),
    "POST /knowledge/{known}/deeds": ((NONE, NO, OK, OK), {"deed": "outdate"}),
    "POST /knowledge/{knowndraft}/deeds": ((NONE, GONE, OK, OK), {"deed": "submit"}),
    "POST /knowledge/{known}/confirmations": ((NONE, NO, OK, OK), {}),
    "POST /knowledge/{knownreview}/reviews": (
        (NONE, NO, UNFIT, UNFIT),
        {"organisations": ["voorbeeld-eigenaar"]},
    ),
    "PUT /knowledge/{knownreview}/reviews/voorbeeld-eigenaar": (
        (NONE, NO, NO, NO),
        {"verdict": "good"},
    ),
    "PUT /knowledge/{knownreview}/reviews/{peer}": ((NONE, OK, NO, NO), {"verdict": "good"}),
    "POST /knowledge/{knownreview}/reviews/{peer}/deeds": (
        (NONE, OK, GONE, GONE),
        {"deed": "pass"},
    ),
    "PUT /knowledge/{known}/uses/{peer}": ((NONE, OK, NO, NO), {"what": "x"}),
    "DELETE /knowledge/{known}/uses/{peer}": ((NONE, DONE, NO, NO), {}),
    "POST /knowledge/{known}/files": (
        (NONE, NO, MADE, MADE),
        {"file": SimpleUploadedFile("lijst.md", b"- een")},
    ),
    "DELETE /knowledge/{knowninside}/files/{file}": ((NONE, NO, DONE, DONE), {}),
    "POST /stewards": (
        (NONE, NO, NO, MADE),
        {"duty": "contact", "organisation": "voorbeeld-eigenaar", "area": "zorg"},
    ),
    "DELETE /stewards/{steward}": ((NONE, GONE, DONE, DONE), {}),
    "PUT /stewards/{steward}/address": ((NONE, GONE, OK, NO), {"shows": True}),
    "POST /activity-choices": (
        (NONE, NO, UNFIT, UNFIT),
        {"title": "x", "activities": ["{activity}"]},
    ),
    "PUT /activity-choices/{choice}/order": ((NONE, OK, OK, OK), {"order": []}),
    "POST /activity-choices/{choice}/deeds": ((NONE, NO, CLASH, CLASH), {"deed": "divide"}),
    "POST /questions": ((NONE, MADE, MADE, MADE), {"title": "x"}),
    "POST /questions/{question}/deeds": (
        (NONE, GONE, OK, OK),
        {"deed": "answer", "text": "x"},
    ),
    "POST /questions/{answered}/deeds": ((NONE, NO, NO, NO), {"deed": "thank"}),
    "PUT /questions/{answered}/answers/{reply}/mark": ((NONE, NO, NO, NO), {"helped": True}),
    "POST /questions/{answered}/answers/{reply}/knowledge": ((NONE, NO, MADE, MADE), {}),
    "POST /introductions": ((NONE, NO, MADE, CLASH), {"listings": ["{public}", "{partner}"]}),
    "POST /introductions/{met_asked}/parties/{party_asked}/answer": (
        (NONE, GONE, OK, NO),
        {"answer": "no", "reason": "time"},
    ),
    "POST /introductions/{met_talk}/deeds": ((NONE, OK, OK, NO), {"deed": "agree"}),
    "POST /introductions/{met_talk}/messages": ((NONE, OK, OK, NO), {"text": "x"}),
    "POST /introductions/{met_asked}/messages": ((NONE, GONE, NO, NO), {"text": "x"}),
    "POST /introductions/{met_talk}/parties": ((NONE, OK, OK, NO), {"listing": "{partner}"}),
    "POST /introductions/{met_talk}/steps": ((NONE, OK, OK, NO), {"what": "x"}),
    "PUT /introductions/{met_talk}/steps/{step}": ((NONE, OK, OK, GONE), {"done": True}),
    "DELETE /introductions/{met_talk}/steps/{step}": ((NONE, OK, OK, GONE), {}),
    "PUT /introductions/{met_found}/lesson": ((NONE, GONE, OK, NO), {"lesson": "x"}),
    "POST /introductions/{met_found}/knowledge": ((NONE, GONE, MADE, NO), {}),
    "POST /listings/{public}/found": ((NONE, NO, MADE, MADE), {"name": "x"}),
}
"""What programs do with a token for everything, and what they send."""
OF_ANYBODY = {
    "DELETE /skill-profile": DONE,
    "POST /skill-profile/skills": MADE,
    "POST /skill-profile/occupations": MADE,
    "PUT /skill-profile/wanted": OK,
    "POST /skill-profile/consents": UNFIT,
    "POST /talent-lists": UNFIT,
    "POST /activities/{activity}/enrolments": MADE,
    "POST /questions": MADE,
    "POST /datasets": UNFIT,
    "POST /saved-searches": MADE,
    "PUT /activity-choices/{choice}/order": OK,
}
"""What anybody with an account may do, also who speaks for nobody."""
MANAGERS: dict[str, int] = {
    "/en/dataspace/datasets/new/": UNFIT,
    "/en/dataspace/datasets/{shared}/edit/": UNFIT,
    "/en/dataspace/datasets/{shared}/withdraw/": LED,
    "/en/dataspace/datasets/{dataset}/edit/": UNFIT,
    "/en/dataspace/datasets/{dataset}/version/": UNFIT,
    "/en/dataspace/datasets/{dataset}/publish/": LED,
    "/en/dataspace/datasets/{dataset}/delete/": LED,
    "/en/dataspace/connectors/voorbeeld-eigenaar/": UNFIT,
    **{f"/en/dataspace/connectors/voorbeeld-eigenaar/{each}/": LED for each in OF_CONNECTOR},
    "/en/dataspace/agreements/{agreement}/sign/": UNFIT,
    "/en/dataspace/agreements/{agreement}/end/": UNFIT,
    "/en/dataspace/agreements/{agreement}/renew/": UNFIT,
    "/en/dataspace/datasets/{dataset}/terms/new/": UNFIT,
    "/en/dataspace/datasets/{dataset}/canvas/": UNFIT,
    "/en/dataspace/datasets/{dataset}/canvas/owner/": UNFIT,
    "/en/dataspace/offers/{offer}/change/": UNFIT,
    "/en/dataspace/agreements/{agreement}/withdraw/": LED,
    "/en/dataspace/datasets/{dataset}/canvas/summary/": LED,
    "/en/dataspace/offers/{offer}/close/": LED,
    "/en/talent/profile/skills/{own_skill}/remove/": GONE,
    "/en/talent/profile/skills/{own_skill}/certificate/": GONE,
    "/en/talent/profile/skills/{own_skill}/ask/": GONE,
    "/en/talent/profile/skills/{own_skill}/assess/": GONE,
    "/en/talent/profile/evidence/{own_evidence}/remove/": GONE,
    "/en/talent/profile/occupations/{own_work}/remove/": GONE,
    "/en/talent/profile/sharing/{own_consent}/end/": GONE,
    "/en/organisations/voorbeeld-eigenaar/people/": UNFIT,
    "/en/organisations/voorbeeld-eigenaar/people/{membership}/role/": LED,
    "/en/organisations/voorbeeld-eigenaar/people/{joining}/withdraw/": LED,
    "/en/organisations/voorbeeld-eigenaar/people/me/": LED,
    "/en/organisations/voorbeeld-eigenaar/embed/": UNFIT,
    "/en/organisations/voorbeeld-eigenaar/embed/{place}/end/": LED,
    "/en/organisations/voorbeeld-eigenaar/meeting/pause/": UNFIT,
    "/en/organisations/voorbeeld-eigenaar/meeting/resume/": LED,
    "/en/organisations/voorbeeld-eigenaar/meeting/never/": UNFIT,
    "/en/organisations/voorbeeld-eigenaar/meeting/never/{avoided}/drop/": LED,
    "/en/organisations/voorbeeld-eigenaar/webhooks/": UNFIT,
    "/en/dataspace/datasets/{dataset}/source/": UNFIT,
    "/en/webhooks/{hook}/": UNFIT,
    "/en/webhooks/{hook}/pause/": LED,
    "/en/webhooks/{hook}/test/": LED,
    "/en/webhooks/{hook}/secret/": OK,
    "/en/webhooks/{hook}/remove/": LED,
    "/en/webhooks/{hook}/deliveries/{hook_sent}/again/": LED,
    "/en/dataspace/negotiations/{negotiation}/agreement/": LED,
    "/en/dataspace/negotiations/{negotiation}/termination/": UNFIT,
    "/en/dataspace/negotiations/{negotiation}/again/": LED,
    "/en/dataspace/negotiations/{got}/transfer/": LED,
    "/en/dataspace/transfers/{transfer}/suspension/": UNFIT,
    "/en/dataspace/transfers/{transfer}/again/": LED,
    "/en/dataspace/transfers/{transfer}/fetch/": LED,
    "/en/dataspace/transfers/{transfer}/data/remove/": LED,
    "/en/account/tokens/{token}/end/": GONE,
    "/en/account/searches/{search}/edit/": GONE,
    "/en/account/searches/{search}/delete/": GONE,
    "/en/groups/voorbeeldgroep/members/{in_group}/leave/": NO,
    "/en/stewards/{steward}/stop/": GONE,
    "/en/stewards/{steward}/address/": GONE,
    "/en/activities/{activity}/place/withdraw/": GONE,
}
"""What who manages the owner's organisation may do otherwise than its members."""
READ_BY_MANAGERS: dict[str, int] = {
    "/en/dataspace/datasets/new/": OK,
    "/en/dataspace/datasets/{shared}/edit/": OK,
    "/en/dataspace/datasets/{dataset}/": OK,
    **{f"/en/dataspace/datasets/{{dataset}}/{each}/": OK for each in OF_DATASET},
    "/en/dataspace/connectors/voorbeeld-eigenaar/": OK,
    "/api/v1/datasets/{dataset}": OK,
    "/en/dataspace/datasets/{dataset}/source/": OK,
    "/en/talent/profile/skills/{own_skill}/": GONE,
    "/en/talent/profile/skills/{own_skill}/certificate/": GONE,
    "/en/talent/profile/skills/{own_skill}/ask/": GONE,
    "/en/talent/profile/skills/{own_skill}/assess/": GONE,
    "/en/talent/profiles/{shown_profile}/": LED,
    "/en/talent/profiles/{shown_profile}/files/{shown_file}/": OK,
    "/api/v1/skill-profiles/{shown_profile}": OK,
    "/en/organisations/voorbeeld-eigenaar/meeting/": OK,
    "/en/organisations/voorbeeld-eigenaar/webhooks/": OK,
    "/en/webhooks/{hook}/": OK,
    "/en/dataspace/agreements/{agreement}/": OK,
    "/en/dataspace/agreements/{agreement}/sign/": OK,
    "/en/dataspace/agreements/{agreement}/end/": OK,
    "/en/dataspace/agreements/{agreement}/renew/": OK,
    "/en/dataspace/agreements/{agreement}/text.pdf": OK,
    "/en/dataspace/agreements/{agreement}/text.json": OK,
    "/en/dataspace/datasets/{dataset}/terms/": OK,
    "/en/dataspace/datasets/{dataset}/terms/new/": OK,
    "/en/dataspace/datasets/{dataset}/canvas/": OK,
    "/en/dataspace/datasets/{dataset}/canvas/summary/": OK,
    "/en/dataspace/datasets/{dataset}/canvas/owner/": OK,
    "/en/dataspace/offers/{offer}/change/": OK,
    "/api/v1/webhooks/{hook}": OK,
    "/api/v1/webhooks/{hook}/deliveries": OK,
    "/en/dataspace/datasets/{hidden}/ask/": OK,
    "/en/dataspace/negotiations/{negotiation}/": OK,
    "/en/dataspace/negotiations/{negotiation}/termination/": OK,
    "/en/dataspace/transfers/{transfer}/": OK,
    "/en/dataspace/transfers/{transfer}/suspension/": OK,
    "/en/dataspace/agreements/{agreement}/uses/": OK,
    "/en/dataspace/agreements/{agreement}/uses/export.csv": OK,
    "/en/organisations/voorbeeld-eigenaar/embed/": OK,
    "/en/account/searches/{search}/": GONE,
    "/en/account/searches/{search}/edit/": GONE,
    "/api/v1/saved-searches/{search}": GONE,
}
"""What who manages it reads otherwise."""
FILLED: dict[str, dict[str, Any]] = {
    "/en/dataspace/datasets/new/": {"title": ""},
    "/en/dataspace/datasets/{shared}/edit/": {"title": ""},
    "/en/dataspace/datasets/{dataset}/edit/": {"title": ""},
    "/en/dataspace/connectors/voorbeeld-eigenaar/": {"name": ""},
    "/en/dataspace/datasets/{dataset}/source/": {"kind": "x"},
    "/en/dataspace/agreements/{agreement}/sign/": {"name": "x"},
    "/en/dataspace/agreements/{agreement}/end/": {"reason": ""},
    "/en/dataspace/agreements/{agreement}/renew/": {"until": "x"},
    "/en/dataspace/datasets/{dataset}/terms/new/": {"template": "x"},
    "/en/dataspace/datasets/{dataset}/canvas/": {"model": "x"},
    "/en/dataspace/datasets/{dataset}/canvas/owner/": {"owner": ""},
    "/en/dataspace/offers/{offer}/change/": {"template": "x"},
    "/en/talent/profile/erase/": {"sure": ""},
    "/en/talent/profile/wanted/": {"hours": "x"},
    "/en/talent/profile/skills/{own_skill}/certificate/": {"issuer": ""},
    "/en/talent/profile/skills/{own_skill}/ask/": {"whom": "x"},
    "/en/talent/profile/skills/{own_skill}/assess/": {"whom": "x"},
    "/en/talent/profile/occupations/add/": {"key": "x"},
    "/en/talent/profile/sharing/": {"to": "x"},
    "/en/talent/asked/{asked_skill}/confirm/": {"sentence": "Gezien."},
    "/en/talent/asked/{asked_skill}/take-back/": {"sentence": ""},
    "/en/talent/lists/": {"purpose": "x"},
    "/en/talent/lists/{list}/{listed}/decide/": {
        "decision": "later",
        "reason": "Nu niet, straks wel.",
    },
    "/en/talent/lists-about-me/": {"gender": ""},
    "/en/talent/lists-about-me/{shown_in}/object/": {"text": ""},
    "/en/talent/oversight/switch/": {"reason": ""},
    "/en/talent/oversight/replay/": {"number": "x"},
    "/en/talent/oversight/objections/{objection}/": {"deed": "look"},
    "/en/talent/pilots/": {"name": "x"},
    "/en/talent/pilots/{pilot}/edit/": {"name": "x"},
    "/en/account/email/": {"email": "x"},
    "/en/bureau/letters/{mailing}/edit/": {"subject_nl": "x"},
    "/en/bureau/notes/voorbeeld-eigenaar/": {"due": "x"},
    "/en/account/tokens/": {"name": "x"},
    "/en/organisations/voorbeeld-eigenaar/webhooks/": {"name": "x"},
    "/en/bureau/webhooks/": {"name": "x"},
    "/en/dataspace/sources/": {"name": "x"},
    "/en/webhooks/{hook}/": {"name": "x"},
    "/en/webhooks/{bureauhook}/": {"name": "x"},
    "/en/account/searches/new/": {"pace": "x"},
    "/en/organisations/voorbeeld-eigenaar/embed/": {"origin": "x"},
    "/en/account/searches/{search}/edit/": {"pace": "x"},
    "/en/account/letters/": {"summary": "hourly"},
    "/en/organisations/voorbeeld-eigenaar/people/{membership}/hand-over/": {"heir": "0"},
    "/en/organisations/voorbeeld-eigenaar/edit/": {"name": "x"},
    "/en/organisations/voorbeeld-eigenaar/commitments/edit/": {"hours": "-1"},
    "/en/organisations/voorbeeld-eigenaar/commitments/hours/new/": {"what": "x"},
    "/en/groups/new/": {"name": "x"},
    "/en/groups/voorbeeldgroep/edit/": {"name": "x"},
    "/en/groups/voorbeeldgroep/members/": {"email": "x"},
    "/en/groups/voorbeeldgroep/meetings/new/": {"place": "x"},
    "/en/groups/voorbeeldgroep/meetings/{minuted}/edit/": {"place": "x"},
    "/en/groups/voorbeeldgroep/meetings/{minuted}/minutes/": {"minutes": " "},
    "/en/groups/voorbeeldgroep/decisions/new/": {"text": "x"},
    "/en/groups/voorbeeldgroep/tasks/new/": {"due": "x"},
    "/en/groups/voorbeeldgroep/tasks/{task}/edit/": {"due": "x"},
    "/en/bureau/stewards/": {"duty": "x"},
    "/en/stewards/{steward}/address/": {"shows": "yes"},
    "/en/join/": {"name": "x"},
    "/en/activities/new/": {"title": "x"},
    "/en/activities/{activity}/edit/": {"title": "Gekaapt"},
    "/en/activities/{activity_draft}/edit/": {"title": "Gekaapt"},
    "/en/activities/{activity}/repeat/": {"rhythm": "days", "days": "x"},
    "/en/activities/{activity}/outcome/": {"outcome": ""},
    "/en/activities/{activity}/choice/": {"title": "x"},
    "/en/activities/{activity}/enrolments/": {"name": "x"},
    "/en/questions/ask/": {"text": "x"},
    "/en/questions/{question}/pass-on/": {"refuse-reason": ""},
    "/en/organisations/voorbeeld-eigenaar/people/": {"email": "x"},
    "/en/organisations/voorbeeld-eigenaar/people/me/": {"name": "Een lid"},
    "/en/organisations/voorbeeld-eigenaar/ask/": {"email": "iemand@elders.example"},
    "/en/listings/{public}/introduce/": {"why": "x"},
    "/en/listings/{public}/found/": {"who": ""},
    "/en/listings/{closed}/found/": {"who": ""},
    "/en/introductions/{met_asked}/parties/{party_asked}/decline/": {"refuse-reason": "time"},
    "/en/bureau/meeting-rules/": {"asking": "x"},
    "/en/activities/{talks}/talks/settings/": {"rooms": "x"},
    "/en/rounds/new/": {"name": "x"},
    "/en/talent/cohorts/new/": {"name": "x"},
    "/en/talent/courses/new/": {"school": "x"},
    "/en/talent/courses/{course}/edit/": {"school": "x"},
    "/en/rounds/{asking}/ask/": {"until": "x"},
    "/en/rounds/{asking}/orders/{ordered}/": {"rest_by_score": "on"},
    "/en/rounds/{round}/edit/": {"name": "x"},
    "/en/rounds/{round}/rule/": {"as": "free"},
    "/en/bureau/kept-apart/": {"other": "x"},
    "/en/introductions/{met_talk}/messages/": {"message-text": "x"},
    "/en/introductions/{met_asked}/messages/": {"message-text": "x"},
    "/en/introductions/{met_talk}/along/": {"along-who": "Voorbeeldderde"},
    "/en/introductions/{met_talk}/steps/": {"step-what": "x"},
    "/en/introductions/{met_talk}/end/": {"end-reason": "time"},
    "/en/introductions/{met_found}/finish/": {"result-outcome": "pilot"},
    "/en/introductions/{met_found}/lesson/": {"lesson-lesson": "x"},
    "/en/knowledge/new/": {"text": "x"},
    "/en/knowledge/{known}/edit/": {"title": "Gekaapt"},
    "/en/knowledge/{knowndraft}/edit/": {"text": "Gekaapt"},
    "/en/knowledge/{knownreview}/reviewers/": {"another": ""},
    "/en/knowledge/{knownreview}/reviews/new/": {"verdict": "gekaapt"},
    "/en/knowledge/{known}/uses/new/": {"what": ""},
    "/en/listings/new/need/teaching/": {"text": "x"},
    "/en/listings/{public}/edit/": {"title": "Gekaapt"},
    "/en/listings/{inside}/edit/": {"title": "Gekaapt"},
    "/en/listings/{draft}/edit/": {"text": "Gekaapt"},
    "/en/listings/{public}/matches/{partner}/grade/": {"say": "useful"},
    "/en/listings/{public}/matches/{draft}/grade/": {"say": "useful"},
}
"""What is typed; nothing elsewhere."""
BY_MAIL = ("/en/letters/stop/{stop}/",)
"""What mail programs do for who has a letter, without cookies (RFC 8058): the key in it says who asks."""
DOES_NOTHING = ("/en/talent/road/",)
"""A form that does nothing but show the next page, for which not even a cookie is set."""
ASKED = ("", "?q=longscans&state=any")
"""How an address is asked for, to see what it tells; the second narrows, which only lists do."""


@pytest.fixture(scope="module")
def world(lasting: Callable[[], AbstractContextManager[object]]) -> World:
    with lasting():
        return make()


def everybody(expected: Statuses) -> dict[str, int]:
    """The statuses of a row of a table, by role."""
    stated = dict(zip(ROLES, expected, strict=True))
    return stated | {role: stated[like] for role, like in ALIKE.items()}


INSIDERS = ("member", "manager", "coordinator")
_MET_BY_PROGRAM = (
    "/api/v1/introductions",
    *(f"/api/v1/introductions/{{met_{each}}}" for each in ("talk", "refused", "found")),
)
TELLS_OF_PEOPLE = {
    "/en/organisations/voorbeeld-eigenaar/people/": ("member", "manager", "shut out"),
    "/en/organisations/voorbeeld-eigenaar/people/{membership}/hand-over/": (
        "member",
        "manager",
        "shut out",
    ),
    "/en/groups/voorbeeldgroep/members/": ("member", "manager", "other"),
    "/en/activities/{activity}/enrolments/": ("member",),
    "/en/activities/{activity}/enrolments/export.csv": ("member",),
    "/en/introductions/{met_talk}/": ("member", "other"),
    "/en/introductions/{met_refused}/": ("member",),
    "/en/introductions/{met_found}/": ("member",),
    **dict.fromkeys(_MET_BY_PROGRAM, ("member", "other")),
    "/api/v1/working-groups/voorbeeldgroep/members": ("member", "manager", "other"),
    "/api/v1/activities/{activity}/enrolments": ("member",),
    "/en/talent/asked/": ("member",),
    "/en/talent/profiles/": ("member", "manager"),
    "/en/talent/profiles/{shown_profile}/": ("manager",),
}


BETWEEN = {
    "/en/talent/asked/": ("other",),
    "/en/talent/profiles/": ("other", "coordinator"),
    "/en/talent/profiles/{shown_profile}/": ("other",),
    **dict.fromkeys(_MET_BY_PROGRAM, ("other", "member", "manager")),
    "/en/introductions/{met_talk}/": ("other", "member", "manager"),
    **dict.fromkeys(
        ("/en/introductions/{met_refused}/", "/en/introductions/{met_found}/"),
        ("member", "manager"),
    ),
}
"""What is between parties, and not of the bureau."""


def told_there(world: World, role: str, address: str) -> set[str]:
    """The addresses of people that a page is about, for who may know them: of an organisation, a group, or parties."""
    shown = TELLS_OF_PEOPLE.get(address, ()) if role in BETWEEN.get(address, INSIDERS) else ()
    return {world.people[each].email for each in shown}


@pytest.mark.parametrize("role", SEEN)
def test_who_may_read_and_what_each_is_told(role: str, world: World) -> None:
    """All that is hidden from somebody is on no page, in no download and in no answer; the rest is."""
    client, told, statuses = world.client(role), set[str](), dict[str, int]()
    mine = world.people[role].email if role in world.people else ""
    for address in READING:
        for asked in ASKED if "{" not in address else ASKED[:1]:
            answer = client.get(address.format(**world.numbers) + asked)
            statuses.setdefault(address, answer.status_code)
            body = answer.getvalue()
            text = text_of(body)
            told |= set(re.findall(r"([a-z]+)geheim", text))
            people = {each.email for each in world.people.values() if each.email in text}
            assert people <= {mine} | told_there(world, role, address), (address, asked)
    assert told == SEEN[role]
    if role in (*ROLES, *ALIKE):
        stated = {address: everybody(may)[role] for address, may in READING.items()}
        assert statuses == stated | (READ_BY_MANAGERS if role == "manager" else {})


@pytest.mark.parametrize("address", DOING)
def test_who_may_do(address: str, world: World) -> None:
    stated = everybody(DOING[address])
    stated["manager"] = MANAGERS.get(address, stated["manager"])
    clients = {role: world.client(role) for role in stated}
    before = everything()
    for role, expected in stated.items():
        with transaction.atomic():
            answer = clients[role].post(address.format(**world.numbers), FILLED.get(address, {}))
            led = answer.headers.get("Location", "")
            if expected in (NO, GONE) or led.startswith("/en/account/login"):
                assert everything() == before, role
            transaction.set_rollback(True)
        assert answer.status_code == expected, role


def sent(said: dict[str, Any], world: World) -> tuple[bytes, str]:
    """What a program sends, with the numbers that are named in it; as a form where a file is in it."""
    if any(isinstance(each, SimpleUploadedFile) for each in said.values()):
        return encode_multipart(BOUNDARY, said), MULTIPART_CONTENT
    number = lambda found: str(world.numbers[found[1]])  # noqa: E731
    return re.sub(r'"{(\w+)}"', number, json.dumps(said)).encode(), "application/json"


@pytest.mark.parametrize("deed", WRITING)
def test_who_may_write_through_the_api(deed: str, world: World) -> None:
    method, address = deed.split(" ")
    expected, said = WRITING[deed]
    stated: dict[str, int | None] = {**dict(zip(ROLES, expected, strict=True)), "shut out": NONE}
    stated["of nobody"] = OF_ANYBODY.get(deed)
    body, content_type = sent(said, world)
    before = {**everything(), "tokens_token": ""}
    for role, status in stated.items():
        client = world.program(role) if role in world.people else Client()
        with transaction.atomic():
            answer = client.generic(
                method,
                f"/api/v1{address.format(**world.numbers)}",
                body,
                content_type=content_type,
                headers={"if-match": "*"},
            )
            if status in (NONE, NO, GONE, None):
                assert {**everything(), "tokens_token": ""} == before, role
            transaction.set_rollback(True)
        assert answer.status_code == status or (status is None and answer.status_code in (NO, GONE))


def test_every_address_that_writes_is_in_the_table() -> None:
    described = {
        f"{method.upper()} {re.sub('{[a-zA-Z]+}', '*', address)}"
        for address, methods in api.get_openapi_schema()["paths"].items()
        for method in methods.keys() - {"get"}
    }
    named = "{[a-z_]+}|(?<=organisations/)[a-z-]+|(?<=-groups/)[a-z]+|(?<=reviews/)[a-z-]+|hours"
    walked = {re.sub(named, "*", deed) for deed in WRITING}
    assert walked == described


@pytest.mark.faults(sample=80)
@pytest.mark.parametrize("address", DOING)
def test_a_deed_needs_a_post(address: str, world: World) -> None:
    clients = [world.client(role) for role in ("member", "coordinator")]
    before = everything()
    for client in clients:
        for method in ("GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"):
            client.generic(method, address.format(**world.numbers))
    assert everything() == before


@pytest.mark.faults(sample=80)
@pytest.mark.parametrize("address", [each for each in DOING if each not in BY_MAIL + DOES_NOTHING])
def test_a_form_of_another_site_does_nothing(address: str, world: World) -> None:
    roles = ("stranger", "member", "coordinator")
    clients = {role: world.client(role, enforce_csrf_checks=True) for role in roles}
    before = everything()
    for role, client in clients.items():
        answer = client.post(address.format(**world.numbers), FILLED.get(address, {}))
        assert answer.status_code == NO, role
    assert everything() == before


@pytest.mark.faults(sample=80)
@pytest.mark.parametrize("address", [each for each in READING if each not in DOING])
def test_what_is_only_read_takes_nothing(address: str, world: World) -> None:
    """An address that takes a form stands in the table of deeds."""
    client, before = world.client("coordinator"), everything()
    for method in ("post", "put", "patch", "delete"):
        answer = getattr(client, method)(address.format(**world.numbers))
        assert answer.status_code in (ONLY_READ, GONE, NONE), method
    assert everything() == before


@pytest.mark.parametrize("name", STATES)
@pytest.mark.parametrize("role", [*ROLES, "of the directory"])
def test_a_page_offers_to_change_it_to_those_who_may_only(
    name: str, role: str, world: World
) -> None:
    page = f"/en/listings/{world.numbers[name]}/"
    answer = world.client(role).get(page)
    steps = set(re.findall(rf'"{page}(\w+)/"', answer.content.decode()))
    if role in ("member", "coordinator"):
        deeds = {step.deed for step in LISTING.transitions_from(STATES[name])}
        assert steps == {"edit", *deeds} - {"expire"} | ({"delete"} if name == "draft" else set())
    else:
        may_ask = role == "other" and STATES[name] == "published"
        assert steps == ({"introduce"} if may_ask else set())


@pytest.mark.parametrize("role", ["of nobody", "of the directory"])
def test_who_speaks_for_no_participant_reads_as_a_stranger_and_posts_nothing(
    world: World, role: str
) -> None:
    client, before = world.client(role), everything()
    for name in ("inside", "draft", "closed", "partner"):
        for address in ("/en/listings/{}/", "/en/listings/{}/edit/", "/api/v1/listings/{}"):
            assert client.get(address.format(world.numbers[name])).status_code == GONE
    assert client.get("/en/listings/new/").status_code == NO
    for address in (
        "/en/listings/new/need/teaching/",
        f"/en/listings/{world.numbers['public']}/close/",
    ):
        assert client.post(address, {"title": "x"}).status_code == NO
    assert everything() == before


def test_nobody_posts_in_the_name_of_another(world: World) -> None:
    owner, before = world.listings["public"].organisation, Listing.objects.count()
    form = builders.typed(owner) | {"anyway": "yes"}  # it looks like one that is there
    answer = world.client("other").post("/en/listings/new/need/expertise/", form)
    assert (answer.status_code, Listing.objects.count()) == (UNFIT, before)
    answer = world.client("member").post("/en/listings/new/need/expertise/", form)
    assert (answer.status_code, Listing.objects.count()) == (LED, before + 1)
    assert Listing.objects.latest("pk").organisation == owner


def test_what_is_in_ones_own_name_is_of_no_colleague(world: World) -> None:
    """Not of who manages the organisation, nor through the API, nor with a form or a deed that is right."""
    before, draft, inside = (
        everything()[LISTINGS],
        world.numbers["owndraft"],
        world.numbers["owninside"],
    )
    for role in ("manager", "other", "of nobody", "stranger"):
        client, program = world.client(role), world.program(role) if role != "stranger" else None
        assert client.get(f"/en/listings/{draft}/").status_code == GONE
        assert client.get(f"/api/v1/listings/{draft}").status_code == GONE
        for number, page in ((draft, "delete"), (inside, "close"), (draft, "publish")):
            assert client.post(f"/en/listings/{number}/{page}/").status_code in (LED, NO, GONE)
        form = builders.typed(title="Gekaapt") | {"seen": "999999999"}
        for number in (draft, inside):
            answer = client.post(f"/en/listings/{number}/edit/", form)
            assert answer.status_code in (LED, NO, GONE)
            if program is not None:
                address, seen = f"/api/v1/listings/{number}", {"if-match": "*"}
                said = program.patch(address, '{"title": "x"}', "application/json", headers=seen)
                assert said.status_code in (NO, GONE)
                assert program.delete(f"/api/v1/listings/{number}").status_code in (NO, GONE)
    assert everything()[LISTINGS] == before


def test_nobody_changes_what_is_of_another_with_a_form_that_is_right(world: World) -> None:
    client, before = world.client("other"), everything()
    for name in ("public", "inside", "draft", "closed"):
        form = builders.typed(title="Gekaapt") | {"seen": "999999999"}
        answer = client.post(f"/en/listings/{world.numbers[name]}/edit/", form)
        assert answer.status_code in (NO, GONE)
    assert everything() == before


def _routes(patterns: Sequence[URLPattern | URLResolver], under: str = "") -> set[str]:
    """Every address as it is written in the code."""
    found: set[str] = set()
    for each in patterns:
        route = under + str(each.pattern).removeprefix("^")
        found |= {route} if isinstance(each, URLPattern) else _routes(each.url_patterns, route)
    return found


def _not_in_the_tables(patterns: Sequence[URLPattern | URLResolver]) -> set[str]:
    resolve = get_resolver().resolve
    written = [f"/api/v1{deed.split()[1]}" for deed in WRITING]
    walked = {resolve(_example(address)).route for address in (*READING, *DOING, *written)}
    return _routes(patterns) - walked


def _example(address: str) -> str:
    named = (
        "public",
        "inside",
        "draft",
        "closed",
        "partner",
        "known",
        "knowninside",
        "knownreview",
    )
    numbers = dict.fromkeys((*named, "knowndraft", "asked", "use", "file"), 1)
    return address.format(
        **numbers,
        **dict.fromkeys(
            (
                "dataset",
                "shared",
                "elsewhere",
                "activity",
                "activity_draft",
                "activity_inside",
                "enrolment",
                "choice",
                "note",
                "bulk",
                "mailing",
                "met_asked",
                "round",
                "asking",
                "cohort",
                "ordered",
                "talks",
                "talk",
                "wish",
                "met_talk",
                "met_refused",
                "met_found",
                "party_asked",
                "party_talk",
                "step",
                "avoided",
                "rule",
                "hook",
                "bureauhook",
                "kept",
                "own_skill",
                "own_work",
                "own_evidence",
                "own_consent",
                "asked_skill",
                "shown_profile",
                "shown_file",
                "taxonomy",
                "taxonomy_beside",
                "own_skill",
                "added_skill",
                "course",
                "list",
                "listed",
                "shown_in",
                "objection",
                "pilot",
                "dataset",
                "offer",
                "agreement",
                "negotiation",
                "got",
                "agreement",
                "transfer",
                "hidden",
                "portal",
            ),
            1,
        ),
        **dict.fromkeys(("hook_sent", "bureauhook_sent"), "00000000-0000-0000-0000-000000000000"),
        sheet="00000000-0000-0000-0000-000000000000",
        application=1,
        brought=1,
        key="x",
        joining=1,
        invited="x",
        membership=1,
        token=1,
        question=1,
        answered=1,
        own="x",
        peer="x",
        reply=1,
        **dict.fromkeys(
            ("held", "minuted", "decision", "task", "in_group", "asked_in", "steward"), 1
        ),
        stop="x",
        renewal="x",
        search=1,
        place=1,
    )


def test_every_address_is_in_the_tables() -> None:
    assert _not_in_the_tables(urls.urlpatterns) == set()


@pytest.mark.parametrize(
    "address",
    ["open/", "account/open/", "api/v1/open/", "listings/account/open/", "listings/<slug:slug>/"],
)
def test_an_address_that_is_open_by_accident_is_found(address: str) -> None:
    planted = path(address, home, name="home")
    assert _not_in_the_tables([*urls.urlpatterns, planted]) == {address}
    inside = i18n_patterns(path("", include([planted])))
    assert _not_in_the_tables([*urls.urlpatterns, *inside]) == {f"en/{address}"}
