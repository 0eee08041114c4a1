/**
 * Who may call, and who did what: the principal behind a request with its permissions, and the audit. Today there is the
 * bootstrap token of the first start, which may do everything; users and roles will live here too.
 */
package org.yuzui.access;
