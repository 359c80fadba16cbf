//! A disk that fills up while bytes come: told, and nothing left behind.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use bytes::Bytes;
use futures_util::stream::BoxStream;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{
    CopyOptions, Error, GetOptions, GetResult, ListResult, MultipartUpload, ObjectMeta,
    ObjectStore, PutMultipartOptions, PutOptions, PutPayload, PutResult, Result, UploadPart,
};
use protocol::error::ErrorCode;
use server::config::Config;

use super::stored;
use crate::support::files::{put, request, ticket};
use crate::support::{Place, Visitor};

/// A store on a disk that has no room, as long as it is told so.
#[derive(Debug)]
struct FullDisk {
    disk: LocalFileSystem,
    is_full: Arc<AtomicBool>,
}

#[derive(Debug)]
struct FullUpload {
    upload: Box<dyn MultipartUpload>,
    is_full: Arc<AtomicBool>,
}

impl fmt::Display for FullDisk {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a full disk")
    }
}

#[async_trait::async_trait]
impl MultipartUpload for FullUpload {
    fn put_part(&mut self, data: PutPayload) -> UploadPart {
        if !self.is_full.load(Ordering::SeqCst) {
            return self.upload.put_part(data);
        }
        let full = std::io::Error::from(std::io::ErrorKind::StorageFull);
        let store = "LocalFileSystem";
        Box::pin(std::future::ready(Err(Error::Generic {
            store,
            source: Box::new(full),
        })))
    }

    async fn complete(&mut self) -> Result<PutResult> {
        self.upload.complete().await
    }

    async fn abort(&mut self) -> Result<()> {
        self.upload.abort().await
    }
}

#[async_trait::async_trait]
impl ObjectStore for FullDisk {
    async fn put_opts(
        &self,
        place: &Path,
        payload: PutPayload,
        options: PutOptions,
    ) -> Result<PutResult> {
        self.disk.put_opts(place, payload, options).await
    }

    async fn put_multipart_opts(
        &self,
        place: &Path,
        options: PutMultipartOptions,
    ) -> Result<Box<dyn MultipartUpload>> {
        Ok(Box::new(FullUpload {
            upload: self.disk.put_multipart_opts(place, options).await?,
            is_full: self.is_full.clone(),
        }))
    }

    async fn get_opts(&self, place: &Path, options: GetOptions) -> Result<GetResult> {
        self.disk.get_opts(place, options).await
    }

    async fn get_ranges(&self, place: &Path, ranges: &[Range<u64>]) -> Result<Vec<Bytes>> {
        self.disk.get_ranges(place, ranges).await
    }

    fn delete_stream(
        &self,
        places: BoxStream<'static, Result<Path>>,
    ) -> BoxStream<'static, Result<Path>> {
        self.disk.delete_stream(places)
    }

    fn list(&self, prefix: Option<&Path>) -> BoxStream<'static, Result<ObjectMeta>> {
        self.disk.list(prefix)
    }

    async fn list_with_delimiter(&self, prefix: Option<&Path>) -> Result<ListResult> {
        self.disk.list_with_delimiter(prefix).await
    }

    async fn copy_opts(&self, from: &Path, to: &Path, options: CopyOptions) -> Result<()> {
        self.disk.copy_opts(from, to, options).await
    }
}

#[tokio::test]
async fn a_disk_that_fills_up_is_told_and_nothing_is_left() {
    let place = Place::new();
    let config = place.config();
    let folder = config.data.join("blobs");
    std::fs::create_dir_all(&folder).unwrap();
    let is_full = Arc::new(AtomicBool::new(true));
    let store = FullDisk {
        disk: LocalFileSystem::new_with_prefix(&folder).unwrap(),
        is_full: is_full.clone(),
    };
    let server = server::start(Config {
        blobs: Some(Arc::new(store)),
        ..config.clone()
    });
    let server = server.await.unwrap();
    let address = server.address();
    let visitor = Visitor::arrive(address).await;
    let asked = request("a.bin", "", 600_000);
    let url = ticket(address, &visitor.ready.token, &asked).await.url;
    let bytes = vec![7; 600_000];
    let full = put(address, &url, &bytes).await;
    assert_eq!((full.status, full.problem()), (507, ErrorCode::StorageFull));
    assert_eq!(stored(&config.data), 0);
    is_full.store(false, Ordering::SeqCst);
    assert_eq!(put(address, &url, &bytes).await.status, 200);
    assert_eq!(stored(&config.data), 1);
}
