//! The embedded catalogue on a port of this machine, to be looked at with a browser or curl.
#![expect(clippy::print_stdout, reason = "telling the address is what this program prints for")]

use std::io;
use std::process::ExitCode;
use std::thread;
use std::time::Duration;

use clap::Parser;
use release_gate::embedded::catalogue::Index;
use release_gate::embedded::faults::{self, Fault};
use release_gate::embedded::server::{Includes, Options, Stage};
use release_gate::embedded::site::{TOGGLE_COOKIE, TOGGLE_ON};

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

    /// What goes wrong; --list-faults tells what each of them is
    #[arg(long, value_name = "NAME", value_parser = fault, default_value = "none", hide_default_value = true)]
    fault: &'static Fault,

    /// List the faults, and serve nothing
    #[arg(long)]
    list_faults: bool,

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
        let cluster = self.cluster.clone();
        Options { port: self.port, latency, cluster, includes, ..Options::new() }
    }
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if arguments.list_faults {
        println!("{}", list_of_faults());
        return ExitCode::SUCCESS;
    }
    let stage = match Stage::with(arguments.fault, arguments.options()) {
        Ok(stage) => stage,
        Err(error) => {
            anstream::eprintln!("error: {}", advice(arguments.port, &error));
            return ExitCode::FAILURE;
        }
    };
    println!("{}", greeting(&stage.url(), &stage.site_url(), arguments.fault));
    loop {
        thread::park();
    }
}

fn greeting(url: &str, site: &str, fault: &Fault) -> String {
    let wrong = match fault.name {
        "none" => String::new(),
        name => format!("It has the fault `{name}`.\n{}\n", fault.what),
    };
    let Index { works_index, pipeline_date, .. } = Index::default();
    format!(
        "The embedded catalogue is at {url} (Ctrl-C stops it). {wrong}Judge it:\n  \
         STAGE_URL={url} PROD_URL=embedded CHECK_LINKS=1 \\\n    \
         SITE_URL={site} SITE_COOKIES={TOGGLE_COOKIE}={TOGGLE_ON} \\\n    \
         EXPECT_INDEX={works_index} EXPECT_PIPELINE_DATE={pipeline_date} cargo test --test gate\n\
         Or ask it:\n  \
         curl '{url}/works?query=surgery&include=identifiers,items'\n  \
         curl '{url}/works?aggregations=workType,availabilities&pageSize=1'\n  \
         curl '{url}/images?pageSize=1&include=source.contributors'\n  \
         curl '{url}/management/_workTypes'\n\
         Or look at the pages that a reader would see, made from prod, or with the cookie from this stage:\n  \
         {site}/works/a222zvge\n  \
         curl --cookie {TOGGLE_COOKIE}={TOGGLE_ON} {site}/works/a222zvge"
    )
}

/// The fault of that name.
fn fault(name: &str) -> Result<&'static Fault, String> {
    let known = faults::named(name).or((name == faults::NONE.name).then_some(&faults::NONE));
    known.ok_or_else(|| {
        let nearest = faults::all().map(|fault| (strsim::levenshtein(fault.name, name), fault.name)).min();
        let meant = nearest.filter(|(distance, _)| *distance <= 3);
        let meant = meant.map(|(_, meant)| format!("; did you mean `{meant}`?")).unwrap_or_default();
        format!("there is no such fault{meant}\nTo see them all: --list-faults")
    })
}

fn list_of_faults() -> String {
    let told = faults::all()
        .map(|fault| format!("{}\n    {}\n    Stands for: {}", fault.name, fault.what, fault.stands_for));
    told.collect::<Vec<_>>().join("\n")
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
    fn a_misspelt_fault_is_told_with_the_one_that_was_meant() {
        let says = fault("unmergd").unwrap_err();
        assert!(says.contains("did you mean `unmerged`?"), "{says}");
    }

    #[test]
    fn every_fault_can_be_chosen_by_its_name() {
        for one in faults::all() {
            assert_eq!(fault(one.name).map(|found| found.name), Ok(one.name));
        }
    }

    #[test]
    fn the_greeting_tells_where_the_api_is_and_where_the_website_is() {
        let says = greeting("http://a/catalogue/v2", "http://a", &faults::NONE);
        assert!(says.contains("'http://a/catalogue/v2/management/_workTypes'"), "{says}");
        assert!(says.contains("curl --cookie toggle_stagingApi=true http://a/works/a222zvge"), "{says}");
    }

    /// Else nobody who follows it would see the faults of the website.
    #[test]
    fn the_greeting_has_the_pages_judged_as_well() {
        let says = greeting("http://a/catalogue/v2", "http://a", &faults::NONE);
        assert!(says.contains("SITE_URL=http://a SITE_COOKIES=toggle_stagingApi=true "), "{says}");
    }

    #[test]
    fn taken_port_is_explained_with_what_to_do() {
        let says = advice(8080, &io::ErrorKind::AddrInUse.into());
        assert!(says.contains("8080") && says.contains("--port 0"), "{says}");
    }
}
