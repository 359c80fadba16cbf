//! A map that can take back what was done to it since the last commit.

use std::collections::BTreeMap;

/// Rows by key, and the rows as they were before the open transaction touched them.
#[derive(Debug)]
pub(super) struct Table<K, V> {
    rows: BTreeMap<K, V>,
    undo: Vec<(K, Option<V>)>,
}

impl<K, V> Default for Table<K, V> {
    fn default() -> Self {
        Self {
            rows: BTreeMap::new(),
            undo: Vec::new(),
        }
    }
}

impl<K: Ord + Clone, V> Table<K, V> {
    pub(super) fn rows(&self) -> &BTreeMap<K, V> {
        &self.rows
    }

    pub(super) fn get(&self, key: &K) -> Option<&V> {
        self.rows.get(key)
    }

    pub(super) fn put(&mut self, key: K, row: V) {
        let before = self.rows.insert(key.clone(), row);
        self.undo.push((key, before));
    }

    pub(super) fn remove(&mut self, key: &K) {
        if let Some(before) = self.rows.remove(key) {
            self.undo.push((key.clone(), Some(before)));
        }
    }

    /// Removes the rows the test picks and says how many.
    pub(super) fn remove_where(&mut self, limit: u32, pick: impl Fn(&K, &V) -> bool) -> u32 {
        let picked: Vec<K> = self
            .rows
            .iter()
            .filter(|(key, row)| pick(key, row))
            .map(|(key, _)| key.clone())
            .take(limit as usize)
            .collect();
        for key in &picked {
            self.remove(key);
        }
        u32::try_from(picked.len()).unwrap_or(u32::MAX)
    }

    pub(super) fn commit(&mut self) {
        self.undo.clear();
    }

    pub(super) fn roll_back(&mut self) {
        while let Some((key, before)) = self.undo.pop() {
            match before {
                Some(row) => self.rows.insert(key, row),
                None => self.rows.remove(&key),
            };
        }
    }
}
