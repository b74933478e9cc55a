"""办件记录 (records): one class per table. Every row carries the matter's number; free text lies in `Text`."""

from hotline.casework.records.doors import AbuseMark, Designation, Extension, Proposal, ReturnRequest, Supervision
from hotline.casework.records.files import Attachment
from hotline.casework.records.handling import Attempt, Letter, Mark, Order
from hotline.casework.records.inquiries import Inquiry
from hotline.casework.records.intake import Citizen, Contact, Matter, PersonKey, Text
from hotline.casework.records.links import Link
from hotline.casework.records.outcome import Revisit
from hotline.casework.records.outside import Handover, PaperDocument, Source, Submission, UrgentReport
from hotline.casework.records.publishing import Publication, Withholding
from hotline.casework.records.rulings import Rested, Ruling

__all__ = ["AbuseMark", "Attachment", "Attempt", "Citizen", "Contact", "Designation", "Extension",
           "Handover", "Inquiry", "Letter", "Link", "Mark", "Matter", "Order", "PaperDocument", "PersonKey",
           "Proposal", "Publication", "Rested", "ReturnRequest", "Revisit", "Ruling",
           "Source", "Submission", "Supervision",
           "Text", "UrgentReport", "Withholding"]  # fmt: skip
