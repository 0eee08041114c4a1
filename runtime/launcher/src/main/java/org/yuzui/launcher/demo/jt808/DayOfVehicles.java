package org.yuzui.launcher.demo.jt808;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** A plausible day of each vehicle: some trips in office hours, now and then one in the evening or too fast, few on a weekend. */
final class DayOfVehicles implements Source {

    private static final int BATCH = 20;
    private static final int STEP_SECONDS = 15;
    private static final double KM_PER_DEGREE = 111.2;
    private static final double LITRES_PER_KM = 0.09;

    private final List<Deque<Said>> said = new ArrayList<>();
    private int positions;

    /** The same arguments give the same day. */
    DayOfVehicles(List<Vehicle> vehicles, LocalDate day, long seed) {
        for (Vehicle vehicle : vehicles) {
            said.add(day(vehicle, day, new Random(seed * 31 + vehicle.plate().hashCode() * 7L + day.toEpochDay())));
        }
    }

    private Deque<Said> day(Vehicle vehicle, LocalDate day, Random random) {
        boolean weekend = day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
        int trips = weekend ? random.nextInt(4) == 0 ? 1 : 0 : 1 + random.nextInt(4);
        LocalDateTime at = day.atTime(8, 10).plusMinutes(random.nextInt(50));
        Drive drive = new Drive(vehicle, day, random);
        for (int i = 0; i < trips; i++) {
            drive.trip(at, 10 + random.nextInt(40), 25 + random.nextInt(50));
            at = drive.at.plusMinutes(25 + random.nextInt(80));
        }
        if (!weekend && random.nextInt(12) == 0) {
            drive.trip(day.atTime(22, 15), 25, 60);
        } else if (random.nextInt(10) == 0 && at.getHour() < 20) {
            drive.trip(at, 20, 132);
        }
        Deque<Said> all = new ArrayDeque<>();
        for (int from = 0; from < drive.positions.size(); from += BATCH) {
            List<PositionBody> part = drive.positions.subList(from, Math.min(drive.positions.size(), from + BATCH));
            all.add(new Said(Frame.BATCH, PositionBody.batch(part, true), part.size()));
            positions += part.size();
        }
        return all;
    }

    @Override
    public Said next(int terminal) {
        return said.get(terminal).poll();
    }

    int positions() {
        return positions;
    }

    private static final class Drive {
        private final List<PositionBody> positions = new ArrayList<>();
        private final Random random;
        private LocalDateTime at;
        private double lat;
        private double lng;
        private double km;
        private double fuel = 50;

        Drive(Vehicle vehicle, LocalDate day, Random random) {
            this.random = random;
            this.lat = vehicle.lat();
            this.lng = vehicle.lng();
            // An odometer only grows, from day to day too.
            this.km = 20_000 + (vehicle.plate().hashCode() & 0x3FFF) + (day.toEpochDay() - 20_000) * 400.0;
        }

        void trip(LocalDateTime start, int minutes, double cruise) {
            at = start;
            double heading = random.nextDouble() * 2 * Math.PI;
            add(0, 0, true);
            int steps = minutes * 60 / STEP_SECONDS;
            for (int i = 0; i < steps; i++) {
                at = at.plusSeconds(STEP_SECONDS);
                boolean light = random.nextInt(15) == 0;
                double speed = light ? 0 : cruise * (0.8 + 0.3 * random.nextDouble());
                if (i == steps / 2) {
                    heading += Math.PI; // and back
                }
                double step = speed * STEP_SECONDS / 3600;
                km += step;
                fuel -= step * LITRES_PER_KM;
                lat += step * Math.cos(heading) / KM_PER_DEGREE;
                lng += step * Math.sin(heading) / (KM_PER_DEGREE * 0.86);
                add(speed, (int) Math.floorMod(Math.round(Math.toDegrees(heading)), 360L), true);
            }
            at = at.plusSeconds(STEP_SECONDS);
            add(0, 0, false);
        }

        private void add(double speed, int direction, boolean ignition) {
            positions.add(new PositionBody(at, lat, lng, speed, direction, ignition, km, Math.max(0, fuel)));
        }
    }
}
