"""What should exist in the database: the models, and the metadata that they register with."""

from schema.base import metadata
from schema.detection_rule import DetectionRule
from schema.model_metadata import ModelMetadata
from schema.threat_event import ThreatEvent

__all__ = ["DetectionRule", "ModelMetadata", "ThreatEvent", "metadata"]
