/** Kindergartens' platforms, played: a week of invented visits, rounds, meals and assets, signed as the plugin's openapi.yaml says. */
package org.yuzui.launcher.demo.kindergarten;
