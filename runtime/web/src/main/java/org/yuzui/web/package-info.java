/**
 * The hub's control plane over HTTP: REST as {@code openapi.yaml} says, live events, health and metrics, and the console's
 * files. It owns the one door that every call passes; what a call does is the other rooms' business.
 */
package org.yuzui.web;
