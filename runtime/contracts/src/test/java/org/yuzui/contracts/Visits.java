package org.yuzui.contracts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.time.ZoneId;

/** A contract with something of everything, and records of it. */
final class Visits {

    private static final ObjectMapper JSON = new ObjectMapper();
    static final String SCHEMA = """
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "x-title": {"zh": "就诊", "en": "Visit"},
              "type": "object",
              "x-key": ["/facility", "/number"],
              "x-unit": "/unit",
              "x-date": "/admittedAt",
              "x-order": "/sentAt",
              "x-index": ["/ward", "/stay/bed", "/open", "/patient/idNumber"],
              "required": ["facility", "number", "admittedAt"],
              "additionalProperties": false,
              "properties": {
                "facility": {"type": "string", "maxLength": 400},
                "number": {"type": "string"},
                "unit": {"type": "string", "pattern": "^[0-9]{6}(-[A-Z0-9]+)?$"},
                "admittedAt": {"type": "string", "format": "date-time"},
                "sentAt": {"type": "string", "format": "date-time"},
                "ward": {"type": "string"},
                "open": {"type": "boolean"},
                "kind": {"enum": ["inpatient", "outpatient"]},
                "cost": {"type": "number", "minimum": 0},
                "patient": {"$ref": "#/$defs/person"},
                "stay": {"type": "object", "properties": {"bed": {"type": "string"}}},
                "visitors": {"type": "array", "items": {"$ref": "#/$defs/person"}},
                "notes": {"type": "array", "items": {"type": "string"}, "x-sensitivity": "secret"},
                "attributes": {"type": "object", "additionalProperties": {"type": "string", "x-sensitivity": "personal"}}
              },
              "$defs": {
                "person": {
                  "type": "object",
                  "properties": {
                    "name": {"type": "string", "x-sensitivity": "personal", "x-mask": "name"},
                    "idNumber": {"type": "string", "x-sensitivity": "personal", "x-mask": "id-number"},
                    "address": {"type": "string", "x-sensitivity": "personal"},
                    "kin": {"$ref": "#/$defs/person"},
                    "sex": {"type": "string"}
                  }
                }
              }
            }""";

    private Visits() {
    }

    static Contract contract() {
        return contract("his.visit.v1", SCHEMA);
    }

    static Contract contract(String id, String schema) {
        Contracts contracts = new Contracts(ZoneId.of("Asia/Shanghai"));
        contracts.deploy(GivenContracts.of("his", id, schema)).start();
        return contracts.require(id);
    }

    /** What the contract asks for, and no more. */
    static ObjectNode minimal() {
        return (ObjectNode) json("{\"facility\": \"H1\", \"number\": \"1\", \"admittedAt\": \"2026-11-22T08:00:00+08:00\"}");
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
