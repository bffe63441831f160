//! The one row that counts the changes calendars follow from (PostgreSQL).

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait as _, QueryFilter, QuerySelect, sea_query::Expr};

use crate::{Error, Result, entity::calendar_state};

const THIS: &str = "this";

/// How many there were.
pub(crate) async fn changes(db: &impl ConnectionTrait) -> Result<i64> {
    calendar_state::Entity::find_by_id(THIS)
        .select_only()
        .column(calendar_state::Column::Changes)
        .into_tuple::<i64>()
        .one(db)
        .await?
        .ok_or(Error::Fault("nothing counts what calendars follow from"))
}

/// There is one more. The last a transaction does before it commits: the row is everybody's, and held until then.
pub(crate) async fn count_one(db: &impl ConnectionTrait) -> Result<()> {
    let counted = calendar_state::Entity::update_many()
        .col_expr(calendar_state::Column::Changes, Expr::col(calendar_state::Column::Changes).add(1))
        .filter(calendar_state::Column::Id.eq(THIS))
        .exec(db)
        .await?;
    if counted.rows_affected == 1 { Ok(()) } else { Err(Error::Fault("nothing counts what calendars follow from")) }
}
