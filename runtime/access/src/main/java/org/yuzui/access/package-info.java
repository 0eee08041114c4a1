/**
 * Who may call: the principal behind a request. Today the bootstrap token of the first start; users and roles will live
 * here too.
 */
package org.yuzui.access;
