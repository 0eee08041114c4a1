/** Numbers and codes that standards define: identity numbers, credit codes and their check digits, code tables. */
package org.yuzui.plugin.hr.code;
