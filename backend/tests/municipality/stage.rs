//! The standard municipality other tests stand on.

use sea_orm::{ConnectionTrait, Statement};

use crate::on_both_engines;

on_both_engines! {
    async fn the_standard_municipality_has_a_term_of_weekly_meetings(world: World) -> TestResult {
        let amal = world.amal().await;
        assert_ne!(amal.meeting("2026-11-24"), amal.meeting("2026-11-26"));
        assert_ne!(amal.seat(amal.family, "bup"), amal.seat(amal.youth, "bup"));
        assert_eq!(amal.actor("anna").unit, Some(amal.unit("gymnasium")));
        assert_eq!(amal.actor("ivar").unit, None);
        let count = Statement::from_string(world.raw.get_database_backend(), "SELECT count(*) FROM meeting");
        let row = world.raw.query_one_raw(count).await?.ok_or("no count")?;
        assert_eq!(row.try_get_by_index::<i64>(0)?, 32);
        Ok(())
    }
}
