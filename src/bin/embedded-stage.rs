//! The embedded catalogue on a port of this machine, to be looked at with a browser or curl.
#![expect(clippy::print_stdout, reason = "telling the address is what this program prints for")]

use std::io;
use std::process::ExitCode;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use clap::Parser;
use release_gate::embedded::catalogue::Catalogue;
use release_gate::embedded::server::{Includes, Options, Stage};

/// Serve the embedded catalogue as the Catalogue API would, on 127.0.0.1, until stopped with Ctrl-C.
///
/// It is a miniature of api-stage.wellcomecollection.org/catalogue/v2 that needs no network: for looking at with
/// a browser or curl, and for trying the release gate against.
#[derive(Parser)]
struct Arguments {
    /// Port to listen on; 0 lets the system choose a free one
    #[arg(long, default_value_t = 8080)]
    port: u16,

    /// Which API description to follow: that of August 2026 accepts the includes archive and collection, that of
    /// July precededBy and succeededBy
    #[arg(long, value_enum, default_value_t = Release::August)]
    release: Release,

    /// A name that elasticCluster accepts besides "default"
    #[arg(long, value_name = "NAME")]
    cluster: Option<String>,

    /// Milliseconds that every answer takes at least
    #[arg(long, value_name = "MS", default_value_t = 0)]
    latency: u64,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Release {
    August,
    July,
}

impl Arguments {
    fn options(&self) -> Options {
        let includes = match self.release {
            Release::August => Includes::August,
            Release::July => Includes::July,
        };
        let latency = Duration::from_millis(self.latency);
        Options { port: self.port, latency, cluster: self.cluster.clone(), includes, script: None }
    }
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let stage = match Stage::start(Arc::new(Catalogue::build()), arguments.options()) {
        Ok(stage) => stage,
        Err(fault) => {
            anstream::eprintln!("error: {}", advice(arguments.port, &fault));
            return ExitCode::FAILURE;
        }
    };
    println!("{}", greeting(&stage.url()));
    loop {
        thread::park();
    }
}

fn greeting(url: &str) -> String {
    format!(
        "The embedded catalogue is at {url} (Ctrl-C stops it). Try:\n  \
         curl '{url}/works?query=surgery&include=identifiers,items'\n  \
         curl '{url}/works?aggregations=workType,availabilities&pageSize=1'\n  \
         curl '{url}/images?pageSize=1&include=source.contributors'\n  \
         curl '{url}/management/_workTypes'"
    )
}

/// What went wrong, and what to do about it.
fn advice(port: u16, fault: &io::Error) -> String {
    match fault.kind() {
        io::ErrorKind::AddrInUse => format!(
            "port {port} is taken by another program; stop that one, or choose another with --port \
             (--port 0 takes any that is free)"
        ),
        io::ErrorKind::PermissionDenied => {
            format!("port {port} is reserved for the system; choose one from 1024 up with --port")
        }
        _ => format!("cannot listen on 127.0.0.1:{port}: {fault}"),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn command_line_is_well_formed() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn taken_port_is_explained_with_what_to_do() {
        let says = advice(8080, &io::ErrorKind::AddrInUse.into());
        assert!(says.contains("8080") && says.contains("--port 0"), "{says}");
    }
}
