/** Charging orders that operators of charging piles push, in the envelope of T/CEC 102.4. Nothing here starts or stops a charge. */
package org.yuzui.plugin.energy.charge;
